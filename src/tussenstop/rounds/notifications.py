"""Letters about rounds: each to somebody who takes part, with the one thing to do now."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import formats, translation

from tussenstop.core import clock, letters
from tussenstop.matching.models import Preference, Wish
from tussenstop.matching.rules import Side
from tussenstop.people.models import Organisation, Person
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.rounds.models import Match, Round, RoundPlace, RoundStudent
from tussenstop.routes.rules import BEFORE_AGREED, Context


def _send(person: Person, template: str, round_: Round, url: str, **more: object) -> None:
    with translation.override(person.language):
        letters.send(
            to=person.email,
            language=person.language,
            template=template,
            context={
                "name": person.first_name,
                "round": round_.name,
                "institution": round_.institution.name,
                "wishes_until": formats.date_format(round_.wishes_until, "l j F"),
                "preferences_until": formats.date_format(round_.preferences_until, "l j F"),
                "result_on": formats.date_format(round_.result_on, "l j F"),
                "action_url": url,
                **more,
            },
        )


def _students(round_: Round) -> Iterable[RoundStudent]:
    return (
        RoundStudent.objects.filter(
            round=round_,
            left_at=None,
            route__state__in=BEFORE_AGREED,
            route__student__is_active=True,
        )
        .exclude(route__context=Context.OWN_EMPLOYEE)
        .select_related("route__student")
        .order_by("pk")
    )


def organisations_in(round_: Round) -> list[Organisation]:
    """The organisations with places in a round."""
    places = RoundPlace.objects.filter(round=round_, left_at=None)
    return list(Organisation.objects.filter(pk__in=places.values("place__workplace__organisation")))


def _to_students(rows: Iterable[RoundStudent], template: str, round_: Round) -> None:
    for row in rows:
        url = letters.address("own_round", row.route_id, round_.pk)
        _send(row.route.student, template, round_, url, to_student=True)


def _to_organisations(
    organisations: Iterable[Organisation], template: str, round_: Round, now: datetime
) -> None:
    for organisation in organisations:
        url = letters.address("organisation_round", organisation.pk, round_.pk)
        for person in holders(organisation, [Role.ORGANISATION_COORDINATOR], now=now):
            _send(person, template, round_, url, to_student=False, organisation=organisation.name)


def opened(round_: Round) -> None:
    """To everybody who takes part: what happens, and until when they can choose."""
    _to_students(_students(round_), "rounds/opened", round_)
    _to_organisations(organisations_in(round_), "rounds/opened", round_, clock.now())


def cancelled(round_: Round) -> None:
    _to_students(_students(round_), "rounds/cancelled", round_)
    _to_organisations(organisations_in(round_), "rounds/cancelled", round_, clock.now())


def published(round_: Round) -> None:
    """To everybody: the result is there. What it is, stands behind the sign-in alone."""
    _to_students(_students(round_), "rounds/published", round_)
    _to_organisations(organisations_in(round_), "rounds/published", round_, clock.now())


def remind_wishes(round_: Round) -> None:
    """To students who keep no favourite yet."""
    places = RoundPlace.objects.filter(round=round_, left_at=None).values("place")
    keeping = set(Wish.objects.filter(place__in=places).values_list("route_id", flat=True))
    without = (row for row in _students(round_) if row.route_id not in keeping)
    _to_students(without, "rounds/remind_wishes", round_)


def remind_preferences(round_: Round, *, now: datetime) -> None:
    """To organisations in whose places somebody shows interest about whom they said nothing."""
    places = RoundPlace.objects.filter(round=round_, left_at=None).values("place")
    part = RoundStudent.objects.filter(round=round_, left_at=None).values("route")
    said = Preference.objects.filter(place=OuterRef("place"), route=OuterRef("route"))
    waiting: set[UUID] = set(
        Wish.objects.filter(
            ~Exists(said), place__in=places, route__in=part, shown=True
        ).values_list("place__workplace__organisation_id", flat=True)
    )
    asked = (one for one in organisations_in(round_) if one.pk in waiting)
    _to_organisations(asked, "rounds/remind_preferences", round_, now)


def _about(match: Match, *, to: Side, template: str, now: datetime, **more: object) -> None:
    organisation = match.place.workplace.organisation
    people = [match.route.student]
    if to == Side.WORKPLACE:
        people = list(holders(organisation, [Role.ORGANISATION_COORDINATOR], now=now))
    for person in people:
        _send(
            person,
            template,
            match.round,
            letters.address("match", match.pk),
            to_student=to == Side.STUDENT,
            student=match.route.student.name,
            place=match.place.title,
            organisation=organisation.name,
            **more,
        )


def answered(match: Match, *, to: Side, yes: bool, word: str, now: datetime) -> None:
    _about(match, to=to, template="rounds/answered", now=now, yes=yes, word=word)


def chosen(match: Match, *, to: Side, now: datetime) -> None:
    _about(match, to=to, template="matching/chosen", now=now)
