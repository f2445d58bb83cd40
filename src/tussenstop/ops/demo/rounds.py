"""The rounds of the demo: at one school students still choose, at the other all said what they
wish, so that a coordinator can try it out and publish."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from tussenstop.core.ids import uuid7
from tussenstop.matching.actions import wishes
from tussenstop.matching.models import Wish
from tussenstop.matching.rules import Grade
from tussenstop.people.acting import By
from tussenstop.people.models import Person, Programme
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.rounds.actions import opening
from tussenstop.rounds.actions.opening import Plan
from tussenstop.rounds.rules import Requirement

GRADES = (Grade.EAGER, Grade.GLAD, None)


def open_rounds(
    *, programmes: Mapping[str, Programme], leaders: Mapping[str, Person], now: datetime
) -> None:
    _open(
        "Werkplekken vanaf de winter",
        [programmes["zorg"], programmes["opvang"]],
        leaders["zorg"],
        days=(-6, -1, 2),
        requirements=[Requirement.DAYS, Requirement.LANGUAGES],
        now=now,
    )
    _open(
        "ICT: werkplekken vanaf de winter",
        [programmes["ict"]],
        leaders["ict"],
        days=(6, 12, 16),
        requirements=list(Requirement),
        now=now,
    )
    _prefer(now - timedelta(days=3))


def _open(
    name: str,
    programmes: Sequence[Programme],
    leader: Person,
    *,
    days: tuple[int, int, int],
    requirements: Sequence[Requirement],
    now: datetime,
) -> None:
    """A round that opened two weeks ago; `days` are its last days, counted from today."""
    today = timezone.localdate(now)
    wishes_until, preferences_until, result_on = (today + timedelta(days=n) for n in days)
    opening.open_round(
        by=By(leader),
        institution=programmes[0].institution,
        key=uuid7(),
        plan=Plan(
            name=name,
            programmes=programmes,
            starts_on=today + timedelta(weeks=5),
            ends_on=today + timedelta(weeks=34),
            wishes_until=wishes_until,
            preferences_until=preferences_until,
            result_on=result_on,
            requirements=requirements,
        ),
        now=now - timedelta(days=14),
    )


def _prefer(now: datetime) -> None:
    """Organisations say of some who show interest how much they would like them."""
    shown = (
        Wish.objects.filter(shown=True)
        .select_related("route__student", "place__workplace__organisation")
        .order_by("place__title", "route__student__name")
    )
    for number, wish in enumerate(shown):
        if grade := GRADES[number % len(GRADES)]:
            organisation = wish.place.workplace.organisation
            by = By(holders(organisation, [Role.ORGANISATION_COORDINATOR], now=now)[0])
            wishes.prefer(by=by, place=wish.place, route=wish.route, grade=grade, now=now)
