"""What rows refer to, read all at once: people, programmes, organisations and workplaces."""

from collections import Counter
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from tussenstop.imports.lines import Values, in_rows, spelled
from tussenstop.imports.naming import MOST_COMPARED, Guesses, folded, several
from tussenstop.imports.values import bare_email
from tussenstop.people.models import Institution, Organisation, Person, Programme, Workplace


def people_of(rows: Sequence[Values]) -> dict[str, Person]:
    """Who has the addresses that the rows name, as their own or as another one that they proved
    to be theirs."""
    wanted = {bare_email(text) for text in in_rows(rows, "email")}
    proven = EmailAddress.objects.filter(email__in=wanted, verified=True).select_related("user")
    found = {address.email: address.user for address in proven}
    own = Person.objects.alias(lowered=Lower("email")).filter(lowered__in=wanted)
    return {**found, **{person.email.lower(): person for person in own}}


class Programmes:
    """The programmes of an institution, by name and by code."""

    def __init__(self, institution: Institution) -> None:
        rows = list(
            Programme.objects.filter(institution=institution)
            .select_related("institution", "default_teacher")
            .order_by("pk")
        )
        codes = Counter(folded(row.code) for row in rows if row.code)
        self.known = {folded(row.code): row for row in rows if codes[folded(row.code)] == 1}
        self.known.update((folded(row.name), row) for row in rows)
        self._guesses = Guesses(row.name for row in rows)

    def _unknown(self, name: str) -> str:
        text = _("There is no programme “%(name)s” here.") % {"name": name}
        return text + self._guesses.meant(name)

    def one(self, row: Values) -> Programme | None:
        """The programme that a row names, if it takes students."""
        text = row.text("programme")
        if not text:
            row.wrong("programme", _("This is still needed."))
            return None
        found = self.known.get(folded(text))
        if found is None:
            row.wrong("programme", self._unknown(text))
        elif found.closed_at:
            row.wrong("programme", _("This programme takes no new students."))
        return found

    def several(self, row: Values) -> list[Programme]:
        """The programmes that a row names."""
        text = row.text("programmes")
        if not text:
            row.wrong("programmes", _("This is still needed."))
            return []
        found, unknown = several(text, self.known)
        if unknown:
            row.wrong("programmes", self._unknown(unknown))
        return list(dict.fromkeys(found))


class Workplaces:
    """The workplaces that rows name together with their organisation. Only what the rows name is
    read; near names are sought only when something was not found."""

    def __init__(self, rows: Sequence[Values]) -> None:
        names = spelled(in_rows(rows, "organisation"))
        organisations = (
            Organisation.objects.alias(lowered=Lower("name")).filter(lowered__in=names)
            if names
            else Organisation.objects.none()
        )
        self._organisations = {folded(one.name): one for one in organisations}
        self._workplaces: dict[object, dict[str, Workplace]] = {}
        for workplace in Workplace.objects.filter(
            organisation__in=list(self._organisations.values())
        ).select_related("organisation"):
            theirs = self._workplaces.setdefault(workplace.organisation_id, {})
            theirs[folded(workplace.name)] = workplace
        self._organisation_guesses: Guesses | None = None
        self._workplace_guesses: dict[object, Guesses] = {}

    def all(self) -> list[Workplace]:
        """Every workplace of the organisations that are named."""
        return [one for theirs in self._workplaces.values() for one in theirs.values()]

    def _organisation(self, row: Values) -> Organisation | None:
        text = row.text("organisation")
        if not text:
            row.wrong("organisation", _("This is still needed."))
            return None
        found = self._organisations.get(folded(text))
        if found is None:
            if self._organisation_guesses is None:
                self._organisation_guesses = Guesses(
                    Organisation.objects.order_by("pk").values_list("name", flat=True)[
                        :MOST_COMPARED
                    ]
                )
            row.wrong(
                "organisation",
                _(
                    "There is no organisation “%(name)s” in the partnership. Add it first, under "
                    "Partnership."
                )
                % {"name": text}
                + self._organisation_guesses.meant(text),
            )
        return found

    def one(self, row: Values) -> Workplace | None:
        """The workplace that a row names, if it takes students."""
        organisation = self._organisation(row)
        text = row.text("workplace")
        if not text:
            row.wrong("workplace", _("This is still needed."))
        if organisation is None or not text:
            return None
        theirs = self._workplaces.get(organisation.pk, {})
        found = theirs.get(folded(text))
        if found is None:
            guesses = self._workplace_guesses.setdefault(
                organisation.pk, Guesses(one.name for one in theirs.values())
            )
            row.wrong(
                "workplace",
                _(
                    "%(organisation)s has no workplace “%(name)s”. The organisation can add it on "
                    "its page."
                )
                % {"organisation": organisation.name, "name": text}
                + guesses.meant(text),
            )
        elif found.closed_at:
            row.wrong("workplace", _("This workplace takes no new students."))
        return found
