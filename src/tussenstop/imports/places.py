"""Places from a file: drafts that the organisation opens itself, or that are opened for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.imports.lines import Line, Values, wrong_line
from tussenstop.imports.lookups import Programmes, Workplaces
from tussenstop.imports.naming import folded, plain
from tussenstop.imports.rules import Change
from tussenstop.imports.values import (
    date_of,
    days_of,
    keys_of,
    limited,
    line_of,
    lines_of,
    number_of,
)
from tussenstop.matching.actions import places
from tussenstop.matching.actions.places import Offer
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Person, Programme, Workplace

# As the page on which an organisation describes a place asks it.
MOST_HOURS, MOST_SEATS = 50, 500
TITLE, STORY, PRACTICAL = 120, 4000, 2000
TASK, MOST_TASKS = 200, 20


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """A place to add, or (`known`) one to describe anew."""

    workplace: Workplace
    offer: Offer
    known: Place | None = None


def language_names() -> dict[str, str]:
    """The languages spoken at work, by their name in each language of the product and by code."""
    options = pack().starting_position["talents"].questions["languages"].options
    names = {plain(key): key for key in options}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names.update((plain(str(option.text)), key) for key, option in options.items())
    return names


class Known:
    """What the rows are judged against, read at once."""

    def __init__(
        self, rows: Sequence[Values], *, institution: Institution, person: Person, now: datetime
    ) -> None:
        self.programmes = Programmes(institution)
        self.own_programmes = {one.pk for one in self.programmes.known.values()}
        self.workplaces = Workplaces(rows)
        self.languages = language_names()
        self.offers_for: set[UUID | None] = set(
            checks.memberships(person, now=now)
            .filter(role__in=IN_SCOPE[InScope.OFFER_PLACES])
            .values_list("organisation_id", flat=True)
        )
        there = (
            Place.objects.filter(workplace__in=self.workplaces.all())
            .select_related("workplace__organisation")
            .prefetch_related("programmes", "competences", "mentors")
        )
        self.places = {(one.workplace_id, folded(one.title), one.starts_on): one for one in there}


def _read(row: Values, known: Known) -> dict[str, Any]:
    """What the row says, by the names of an offer; what it does not say is left out."""
    found: dict[str, Any] = {
        "title": row.read("title", partial(line_of, most=TITLE), needed=True),
        "programmes": known.programmes.several(row),
        "starts_on": row.read("first_day", date_of, needed=True),
        "ends_on": row.read("last_day", date_of, needed=True),
        "days": row.read("days", days_of, needed=True),
        "hours_a_week": row.read(
            "hours", partial(number_of, lowest=1, highest=MOST_HOURS), needed=True
        ),
        "seats": row.read("seats", partial(number_of, lowest=1, highest=MOST_SEATS), needed=True),
        "seats_lowest": row.read("lowest", partial(number_of, lowest=0, highest=MOST_SEATS)),
        "languages": row.read("languages", partial(keys_of, names=known.languages)),
        "tasks": row.read("tasks", partial(lines_of, each=TASK, most=MOST_TASKS)),
        "story": row.read("story", partial(limited, most=STORY)),
        "practical": row.read("practical", partial(limited, most=PRACTICAL)),
    }
    first, last = found["starts_on"], found["ends_on"]
    if first and last and last < first:
        row.wrong("last_day", _("The last day lies before the first."))
    seats, lowest = found["seats"], found["seats_lowest"]
    if seats and lowest and lowest > seats:
        row.wrong("lowest", _("This is more than there are places."))
    return {name: value for name, value in found.items() if value is not None}


NOTHING_SAID = Offer(
    title="",
    programmes=(),
    competences=(),
    mentors=(),
    starts_on=date.min,
    ends_on=date.min,
    days=(),
    hours_a_week=0,
    seats=1,
    seats_lowest=0,
    languages=(),
    requirements="",
    tasks=(),
    story="",
    practical="",
)


def _offer_of(place: Place) -> Offer:
    """What a place offers as it stands."""
    return Offer(
        title=place.title,
        programmes=list(place.programmes.all()),
        competences=list(place.competences.all()),
        mentors=list(place.mentors.all()),
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        days=tuple(place.weekdays),
        hours_a_week=place.hours_a_week,
        seats=place.seats,
        seats_lowest=place.seats_lowest,
        languages=tuple(place.languages),
        requirements=place.requirements,
        tasks=tuple(place.tasks),
        story=place.story,
        practical=place.practical,
    )


def _renewed(place: Place, said: dict[str, Any], known: Known) -> Offer:
    """What a place would offer: what the row says, the rest as it is. Programmes of other
    institutions are none of its business."""
    now_offered = _offer_of(place)
    others = [one for one in now_offered.programmes if one.pk not in known.own_programmes]
    programmes: list[Programme] = [*others, *said["programmes"]]
    kept = {one.pk for one in programmes}
    competences = [one for one in now_offered.competences if one.programme_id in kept]
    return replace(now_offered, **{**said, "programmes": programmes, "competences": competences})


def _differs(one: Offer, other: Offer) -> bool:
    return one.columns() != other.columns() or {p.pk for p in one.programmes} != {
        p.pk for p in other.programmes
    }


def _judge(row: Values, known: Known, seen: dict[object, int]) -> Line[PlannedPlace]:
    workplace = known.workplaces.one(row)
    said = _read(row, known)
    if workplace and "title" in said and "starts_on" in said:
        key = (workplace.pk, folded(said["title"]), said["starts_on"])
        first = seen.setdefault(key, row.number)
        if first != row.number:
            row.wrong(
                "title",
                _("This place, with the same first day, stands in row %(row)s already.")
                % {"row": first},
            )
    if row.problems or workplace is None:
        return wrong_line(row)
    place = known.places.get(key)
    if place is None:
        plan = PlannedPlace(workplace, replace(NOTHING_SAID, **said))
        told = _("A new place at %(workplace)s.") % {"workplace": workplace.name}
        return Line(row.number, row.texts, {}, Change.NEW, told, plan)
    if workplace.organisation_id not in known.offers_for:
        told = _("%(organisation)s has this place already. It stays as they describe it.") % {
            "organisation": workplace.organisation.name
        }
        return Line(row.number, row.texts, {}, Change.SAME, told)
    offer = _renewed(place, said, known)
    if not _differs(_offer_of(place), offer):
        told = _("This place is there already, just like this.")
        return Line(row.number, row.texts, {}, Change.SAME, told)
    told = _("The place is described anew.")
    return Line(
        row.number, row.texts, {}, Change.CHANGED, told, PlannedPlace(workplace, offer, place)
    )


def judge(
    rows: Sequence[Values], *, institution: Institution, person: Person, now: datetime
) -> list[Line[PlannedPlace]]:
    """What each row would do, in a number of reads that does not grow with the rows."""
    known = Known(rows, institution=institution, person=person, now=now)
    seen: dict[object, int] = {}
    return [_judge(row, known, seen) for row in rows]


def write(plan: PlannedPlace, *, by: By, opened: bool, now: datetime) -> None:
    """Add the place as a draft, and open it when the organisation asked for that (which is then
    recorded as done elsewhere); or describe it anew, for who offers places there."""
    if plan.known:
        places.edit_place(
            by=by, place=plan.known, seen=plan.known.version, offer=plan.offer, now=now
        )
        return
    by = By(by.person, means="elsewhere") if opened else by
    place = places.put_place(
        by=by, workplace=plan.workplace, key=uuid7(), offer=plan.offer, now=now
    )
    if opened:
        places.put_state(by=by, place=place, to=PlaceState.PUBLISHED, now=now)
