"""An agreement turned into what its pages show."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.agreements.evidence import means_in_words, role_in_words
from tussenstop.agreements.queries import AgreementView
from tussenstop.agreements.rules import Answer, Status

if TYPE_CHECKING:
    from tussenstop.agreements.models import Party, Revision


@dataclass(frozen=True, slots=True)
class ShownField:
    label: str
    text: str
    columns: list[str]
    rows: list[list[tuple[str, str]]]  # each cell with the label of its column


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A part of the text, with what was said against it."""

    key: str
    title: str
    owner: str
    fields: list[ShownField]
    objections: "list[Party]" = field(default_factory=list)

    @property
    def blank(self) -> bool:
        return not any(f.text or f.rows for f in self.fields)

    @property
    def brief(self) -> bool:
        """Facts that fit beside their label."""
        return all(f.label and not f.columns and len(f.text) < 80 for f in self.fields)


def shown_field(label: str, value: Any, columns: list[tuple[str, str]]) -> ShownField:
    if not columns:
        return ShownField(label, str(value), [], [])
    rows = [[(name, row.get(key, "")) for key, name in columns] for row in value]
    return ShownField(label, "", [name for _key, name in columns], rows)


def sections_of(
    revision: "Revision", objections: "list[Party] | None" = None
) -> list[ShownSection]:
    """The text of a revision, part by part."""
    said: dict[str, list[Party]] = {}
    for party in objections or []:
        said.setdefault(party.consent.section, []).append(party)
    return [
        ShownSection(
            key=section["key"],
            title=section["title"],
            owner=section["owner"],
            fields=[
                shown_field(
                    f["label"],
                    f["value"],
                    [(column["key"], column["label"]) for column in f.get("columns", [])],
                )
                for f in section["fields"]
            ],
            objections=said.get(section["key"], []),
        )
        for section in revision.body["sections"]
    ]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the evidence sheet."""

    party: "Party"
    role: str
    answer: str
    about: str
    reason: str
    how: str
    scan_url: str
    record_url: str

    @property
    def agrees(self) -> bool:
        return hasattr(self.party, "consent") and self.party.consent.answer == Answer.YES


def evidence_of(view: AgreementView, revision: "Revision") -> list[Evidence]:
    """Who answered what to this text, as what, when, by what means."""
    titles = {section["key"]: section["title"] for section in revision.body["sections"]}
    found = []
    for party in revision.parties.all():
        consent = getattr(party, "consent", None)
        args = [view.agreement.pk, party.pk]
        may_record = (
            view.can_record and revision == view.revision and party.person_id != view.person.pk
        )
        found.append(
            Evidence(
                party=party,
                role=role_in_words(party.role, party.capacity),
                answer=str(Answer(consent.answer).label) if consent else "",
                about=titles.get(consent.section, "") if consent else "",
                reason=consent.reason if consent else "",
                how=means_in_words(consent.means, consent.recorded_by) if consent else "",
                scan_url=reverse("agreement_scan", args=args) if consent and consent.scan else "",
                record_url=reverse("agreement_elsewhere", args=args)
                if consent is None and may_record
                else "",
            )
        )
    return found


def names(parties: "list[Party]") -> str:
    """Names in a row: “Sara, Mo and Tine”."""
    listed = [party.name for party in parties]
    if len(listed) < 2:
        return "".join(listed)
    return _("%(some)s and %(last)s") % {"some": ", ".join(listed[:-1]), "last": listed[-1]}


def how_it_stands(view: AgreementView) -> str:
    """One sentence: whose answer is missing, or since when it holds."""
    if view.status == Status.DRAFT:
        return _("Being written together; nothing was put before anybody yet.")
    if view.status == Status.WITHDRAWN:
        return _("Withdrawn by %(who)s.") % {"who": view.agreement.withdrawn_by}
    if view.status == Status.SUCCEEDED:
        return _("A newer agreement took its place.")
    if view.status == Status.ACCEPTED:
        return _("Everybody agreed: it holds.")
    if objections := view.objections:
        return _("Not agreed yet: %(names)s.") % {"names": names(objections)}
    if gone := view.gone:
        return ngettext(
            "%(names)s no longer takes part. Put the text before everybody again.",
            "%(names)s no longer take part. Put the text before everybody again.",
            len(gone),
        ) % {"names": names(gone)}
    waiting = view.waiting
    if view.can_answer:
        others = [party for party in waiting if party.person_id != view.person.pk]
        if not others:
            return _("Only your answer is missing.")
        return _("Your answer is missing, and that of %(names)s.") % {"names": names(others)}
    return _("Waiting for %(names)s.") % {"names": names(waiting)}
