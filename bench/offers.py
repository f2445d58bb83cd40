"""Places, seekers with favourites, and a round over them, written straight into the tables: a fifth
as many places as there are routes, spread over towns and programmes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.world import person, save
from tussenstop.access.models import Participation
from tussenstop.matching.models import Place, Preference, Wish
from tussenstop.people import towns
from tussenstop.people.models import Membership, Organisation, Person, Programme, Workplace
from tussenstop.rounds.models import Round, RoundPlace, RoundStudent
from tussenstop.routes.models import Route
from tussenstop.startposition.models import Part, Sharing

ROUTES_A_PLACE = 5
PLACES_AN_ORGANISATION = 8
MOST_SEEKERS = 2_000
WISHES = 10


@dataclass(frozen=True, slots=True)
class Offers:
    """Whom and what the measured pages of places belong to."""

    seeker: Person
    route: Any
    place: Any
    offering: Person
    organisation: Any
    round: Any


def _places(
    count: int, now: datetime
) -> Iterator[tuple[Organisation, list[Workplace], list[Place]]]:
    """Organisation by organisation, with its workplaces and their places."""
    middle = towns.find("1000")
    assert middle
    everywhere = [towns.find(code) or middle for code in towns.codes_within(middle, km=400)]
    first = now.date() + timedelta(days=30)
    for low in range(0, count, PLACES_AN_ORGANISATION):
        organisation = Organisation(name=f"Aanbieder {low}", created_at=now)
        workplaces, places = [], []
        for n in range(low, min(low + PLACES_AN_ORGANISATION, count)):
            town = everywhere[n * 7 % len(everywhere)]
            workplace = Workplace(
                organisation=organisation,
                name=f"Team {n}",
                postal_code=town.code,
                city=town.name,
                culture_types=["caring"],
                created_at=now,
            )
            workplaces.append(workplace)
            places.append(
                Place(
                    workplace=workplace,
                    title=f"Leren in team {n}",
                    starts_on=first,
                    ends_on=first + timedelta(days=150),
                    days=1 + n % 31,
                    hours_a_week=16,
                    seats=1 + n % 3,
                    languages=["nl"],
                    tasks=["Meekijken", "Meedoen"],
                    story="Dinsdag begint met koffie. " * 10,
                    state="published",
                    created_at=now,
                )
            )
        yield organisation, workplaces, places


def build(routes: int, now: datetime) -> Offers:
    """Add them to a world that was built."""
    programmes = list(Programme.objects.order_by("pk"))
    made = list(_places(max(20, routes // ROUTES_A_PLACE), now))
    save(organisation for organisation, _workplaces, _places in made)
    save(workplace for _organisation, some, _places in made for workplace in some)
    places = [place for _organisation, _workplaces, some in made for place in some]
    save(places)
    links = Place.programmes.through
    save(
        links(place=place, programme=programmes[n % len(programmes)])
        for n, place in enumerate(places)
    )
    offering = person("aanbieder", 0, now)
    save([offering])
    save(
        [
            Membership(
                person=offering, role="organisation_coordinator", organisation=made[0][0], since=now
            )
        ]
    )
    seekers, seeking = _seekers(min(MOST_SEEKERS, max(40, routes // 10)), programmes, now)
    _wishes(seeking, places, programmes, offering, now)
    round_ = _round(seeking, places, programmes, offering, now)
    return Offers(seekers[0], seeking[0].pk, places[0].pk, offering, made[0][0].pk, round_.pk)


def _seekers(
    count: int, programmes: list[Programme], now: datetime
) -> tuple[list[Person], list[Route]]:
    """Students who told where they can go, and look for a place."""
    seekers = [person("zoeker", n, now) for n in range(count)]
    save(seekers)
    routes = [
        Route(
            institution_id=programmes[0].institution_id,
            programme=programmes[n % len(programmes)],
            student=seeker,
            context="workplace_student",
            state="seeking",
            state_since=now,
            hours_target=400,
            created_at=now,
        )
        for n, seeker in enumerate(seekers)
    ]
    save(routes)
    save(
        Participation(
            route=route, person=route.student, role="student", invited_at=now, accepted_at=now
        )
        for route in routes
    )
    week = {str(day): {"morning": "free", "afternoon": "movable"} for day in range(1, 6)}
    told = {"week": week, "town": "9000", "transport": ["car", "bike"], "travel": 60}
    save(Part(route=route, key="time", answers=told, written_at=now) for route in routes)
    save(Sharing(route=route, shared={"time": ["workplaces"]}, chosen_at=now) for route in routes)
    return seekers, routes


def _wishes(
    routes: list[Route],
    places: list[Place],
    programmes: list[Programme],
    offering: Person,
    now: datetime,
) -> None:
    """Ten favourites each; the first place of a programme is everybody's first."""
    wishes = []
    for n, route in enumerate(routes):
        own = places[n % len(programmes) :: len(programmes)]
        chosen = [own[0], *(own[(n + k * 13) % len(own)] for k in range(1, WISHES))]
        for position, place in enumerate(dict.fromkeys(chosen), start=1):
            wishes.append(
                Wish(route=route, place=place, position=position, shown=position < 4, made_at=now)
            )
    save(wishes)
    save(
        Preference(
            place_id=wish.place_id,
            route_id=wish.route_id,
            grade=1 + n % 3,
            given_by=offering,
            given_at=now,
        )
        for n, wish in enumerate(wishes)
        if wish.shown and n % 2
    )


def _round(
    routes: list[Route],
    places: list[Place],
    programmes: list[Programme],
    opened_by: Person,
    now: datetime,
) -> Round:
    today = now.date()
    made = Round(
        institution_id=programmes[0].institution_id,
        name="Voorjaar",
        starts_on=today,
        ends_on=today + timedelta(days=200),
        wishes_until=today + timedelta(days=7),
        preferences_until=today + timedelta(days=14),
        result_on=today + timedelta(days=20),
        requirements=["days", "travel", "languages"],
        seed=1,
        opened_by=opened_by,
        opened_at=now,
    )
    save([made])
    made.programmes.set(programmes)
    save(RoundStudent(round=made, route=route, added_at=now) for route in routes)
    save(RoundPlace(round=made, place=place, seats=place.seats, added_at=now) for place in places)
    return made
