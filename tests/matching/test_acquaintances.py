"""Getting acquainted, as equals: a moment that suits both, and a yes from both."""

from datetime import datetime, timedelta

import pytest

from tests.matching.offering import a_place, to
from tests.worlds import NOW, World
from tussenstop.agreements.models import Agreement
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.matching.actions import acquaintances, wishes
from tussenstop.matching.models import Acquaintance, Place, Wish
from tussenstop.matching.queries import get_acquaintance, waiting_acquaintances
from tussenstop.matching.rules import PlaceState, Side, Stage
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.actions import state, workplace
from tussenstop.routes.models import Move, Placement, Route, Stop
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=4)


@pytest.fixture
def seeking(world: World) -> World:
    """The student of the world gave up the first workplace, and looks for another."""
    workplace.leave_workplace(
        by=By(world.student), route=world.fresh(), placement=world.placement, now=NOW
    )
    OutgoingMail.objects.all().delete()
    return world


def fresh(one: Acquaintance) -> Acquaintance:
    return Acquaintance.objects.select_related(
        "route__student", "place__workplace__organisation", "stop__route"
    ).get(pk=one.pk)


def asks(world: World, place: Place, by: Person | None = None) -> Acquaintance:
    return acquaintances.propose(
        by=By(by or world.student),
        route=world.fresh(),
        place=place,
        starts_at=SOON,
        where="Aan het onthaal",
        word="Ik kijk ernaar uit",
        now=NOW,
    )


def suits(one: Acquaintance, by: Person) -> None:
    one = fresh(one)
    acquaintances.suits(by=By(by), one=one, seen=one.version, now=NOW)


def says(one: Acquaintance, by: Person, *, yes: bool, word: str = "") -> None:
    one = fresh(one)
    acquaintances.answer(by=By(by), one=one, yes=yes, word=word, seen=one.version, now=NOW)


def planned(world: World, place: Place) -> Acquaintance:
    one = asks(world, place)
    suits(one, world.organisation_coordinator)
    return one


def mailed() -> list[str]:
    return list(OutgoingMail.objects.order_by("created_at", "pk").values_list("to", flat=True))


def test_a_student_asks_and_thereby_shows_interest(seeking: World) -> None:
    place = a_place(seeking)
    one = asks(seeking, place)
    assert one.stage == Stage.ASKED
    assert Wish.objects.get(route=seeking.route, place=place).shown
    assert mailed() == [seeking.organisation_coordinator.email]
    assert fresh(one).waits_for(Side.WORKPLACE)
    assert not fresh(one).waits_for(Side.STUDENT)


def test_a_workplace_invites_only_who_showed_interest(seeking: World) -> None:
    place, coordinator = a_place(seeking), seeking.organisation_coordinator
    with pytest.raises(NotFound):
        asks(seeking, place, coordinator)
    route = seeking.fresh()
    wishes.add_wish(by=By(seeking.student), route=route, place=place, now=NOW)
    with pytest.raises(NotFound):
        asks(seeking, place, coordinator)
    wishes.show_wish(by=By(seeking.student), route=route, place=place, shown=True, word="", now=NOW)
    assert asks(seeking, place, coordinator).proposed_by == Side.WORKPLACE
    assert mailed() == [seeking.student.email]


@pytest.mark.parametrize(
    "who", ["mentor", "teacher", "programme_coordinator", "other_organisation_coordinator"]
)
def test_nobody_else_stands_on_a_side(seeking: World, who: str) -> None:
    place = a_place(seeking)
    with pytest.raises(NotFound):
        asks(seeking, place, getattr(seeking, who))
    one = asks(seeking, place)
    with pytest.raises(NotFound):
        get_acquaintance(person=getattr(seeking, who), acquaintance_id=one.pk, now=NOW)


def test_asking_keeps_no_more_favourites_than_one_may_keep(
    seeking: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acquaintances, "MOST_WISHES", 1)
    first, second = a_place(seeking), a_place(seeking, title="Nog een")
    asks(seeking, first)
    with pytest.raises(DomainError, match="Let one go first"):
        asks(seeking, second)


def test_asking_twice_is_asking_once(seeking: World) -> None:
    place = a_place(seeking)
    assert asks(seeking, place).pk == asks(seeking, place).pk
    assert len(mailed()) == 1


def test_a_moment_that_is_past_can_not_be_proposed(seeking: World) -> None:
    with pytest.raises(DomainError, match="still to come"):
        acquaintances.propose(
            by=By(seeking.student),
            route=seeking.fresh(),
            place=a_place(seeking),
            starts_at=NOW - timedelta(hours=1),
            where="",
            word="",
            now=NOW,
        )


def test_a_moment_that_suits_becomes_a_stop_and_the_route_gets_acquainted(seeking: World) -> None:
    place = a_place(seeking)
    one = planned(seeking, place)
    stop = Stop.objects.get(route=seeking.route, own_name="Kennismaken met een werkplek")
    assert (stop.starts_at, stop.place) == (SOON, "Aan het onthaal")
    assert stop.position == seeking.stop("talent_matching").position + 1
    assert seeking.fresh().state == State.ACQUAINTING
    assert fresh(one).stage == Stage.PLANNED


def test_what_waits_then_waits_since_the_route_gets_acquainted(seeking: World) -> None:
    planned(seeking, a_place(seeking))
    waits = Move.objects.filter(route=seeking.route).order_by("code", "role", "since")
    kept = list(waits.values_list("code", "role", "since"))
    moves.rebuild(seeking.fresh())
    assert list(waits.values_list("code", "role", "since")) == kept


def test_nobody_says_that_their_own_proposal_suits(seeking: World) -> None:
    one = asks(seeking, a_place(seeking))
    with pytest.raises(DomainError, match="waits for the other side"):
        suits(one, seeking.student)


def test_another_moment_goes_to_the_other_side(seeking: World) -> None:
    one = fresh(asks(seeking, a_place(seeking)))
    later = SOON + timedelta(days=1)
    acquaintances.propose_again(
        by=By(seeking.organisation_coordinator),
        one=one,
        seen=one.version,
        starts_at=later,
        where="Bij ons",
        word="",
        now=NOW,
    )
    assert fresh(one).waits_for(Side.STUDENT)
    suits(one, seeking.student)
    assert fresh(one).starts_at == later


def test_one_yes_is_not_a_choice(seeking: World) -> None:
    one = planned(seeking, a_place(seeking))
    says(one, seeking.student, yes=True)
    assert fresh(one).stage == Stage.PLANNED
    assert not Placement.objects.filter(route=seeking.route, ended_at=None).exists()


def test_a_double_yes_gives_a_workplace_and_opens_the_start_agreement(seeking: World) -> None:
    place = a_place(seeking)
    one = planned(seeking, place)
    says(one, seeking.organisation_coordinator, yes=True, word="Welkom!")
    says(one, seeking.student, yes=True)
    assert fresh(one).stage == Stage.CHOSEN
    placement = Placement.objects.get(route=seeking.route, ended_at=None)
    assert placement.workplace == place.workplace
    assert (placement.starts_on, placement.ends_on) == (place.starts_on, place.ends_on)
    assert Agreement.objects.filter(placement=placement).exists()
    assert (
        seeking.fresh()
        .participations.filter(person=seeking.mentor, placement=placement, ended_at=None)
        .exists()
    )


def test_the_last_yes_may_be_the_workplaces(seeking: World) -> None:
    one = planned(seeking, a_place(seeking))
    says(one, seeking.student, yes=True)
    says(one, seeking.organisation_coordinator, yes=True)
    assert fresh(one).stage == Stage.CHOSEN
    assert Agreement.objects.filter(route=seeking.route).exists()


def test_a_no_ends_it_with_a_kind_word_and_costs_nothing(seeking: World) -> None:
    place = a_place(seeking)
    one = planned(seeking, place)
    says(one, seeking.student, yes=False, word="Te ver, wel bedankt")
    assert fresh(one).stage == Stage.NO
    body = OutgoingMail.objects.order_by("-created_at", "-pk").first()
    assert body is not None
    assert "Te ver, wel bedankt" in body.text
    assert Wish.objects.filter(route=seeking.route, place=place).exists()
    assert Stop.objects.get(pk=fresh(one).stop_id).skipped_at
    assert asks(seeking, place).pk != one.pk


def test_choosing_one_place_ends_the_other_talks(seeking: World) -> None:
    first, second = planned(seeking, a_place(seeking)), planned(seeking, a_place(seeking))
    says(first, seeking.student, yes=True)
    says(first, seeking.organisation_coordinator, yes=True)
    assert fresh(second).stage == Stage.OVER
    with pytest.raises(Stale):
        says(second, seeking.organisation_coordinator, yes=True)


def test_a_place_whose_seats_are_taken_is_full(seeking: World) -> None:
    place = a_place(seeking, seats=1)
    one = planned(seeking, place)
    says(one, seeking.student, yes=True)
    says(one, seeking.organisation_coordinator, yes=True)
    place.refresh_from_db()
    assert place.state == PlaceState.FULL


def test_there_is_no_yes_before_a_moment_and_none_to_a_closed_place(seeking: World) -> None:
    place = a_place(seeking)
    one = asks(seeking, place)
    with pytest.raises(DomainError, match="First agree on a moment"):
        says(one, seeking.student, yes=True)
    suits(one, seeking.organisation_coordinator)
    to(seeking, place, PlaceState.CLOSED)
    with pytest.raises(DomainError, match="not open any more"):
        says(one, seeking.student, yes=True)


def test_saying_the_same_twice_is_saying_it_once(seeking: World) -> None:
    one = planned(seeking, a_place(seeking))
    says(one, seeking.student, yes=True)
    count = len(mailed())
    says(one, seeking.student, yes=True)
    assert len(mailed()) == count


def test_an_answer_to_what_changed_meanwhile_is_told(seeking: World) -> None:
    one = fresh(asks(seeking, a_place(seeking)))
    seen = one.version
    acquaintances.propose_again(
        by=By(seeking.student), one=one, seen=seen, starts_at=SOON, where="", word="", now=NOW
    )
    with pytest.raises(Stale):
        acquaintances.suits(
            by=By(seeking.organisation_coordinator), one=fresh(one), seen=seen, now=NOW
        )


def test_whose_turn_it_is_sees_it_first(seeking: World) -> None:
    one = asks(seeking, a_place(seeking))

    def waiting(now: datetime) -> tuple[int, int, int]:
        sides = (
            seeking.student,
            seeking.organisation_coordinator,
            seeking.other_organisation_coordinator,
        )
        return tuple(len(waiting_acquaintances(person=side, now=now)) for side in sides)  # type: ignore[return-value]

    afterwards = SOON + timedelta(hours=2)
    assert waiting(NOW) == (0, 1, 0)
    suits(one, seeking.organisation_coordinator)
    assert waiting(NOW) == (0, 0, 0)
    assert waiting(afterwards) == (1, 1, 0)
    says(one, seeking.student, yes=True)
    assert waiting(afterwards) == (0, 1, 0)


def test_a_route_that_ended_chooses_nothing_any_more(seeking: World) -> None:
    one = planned(seeking, a_place(seeking))
    says(one, seeking.student, yes=True)
    state.stop_route(by=By(seeking.student), route=seeking.fresh(), learned="Genoeg", now=NOW)
    with pytest.raises(DomainError, match="or the route rests"):
        says(one, seeking.organisation_coordinator, yes=True)
    assert not Placement.objects.filter(route=seeking.route, ended_at=None).exists()
    later = SOON + timedelta(hours=2)
    assert waiting_acquaintances(person=seeking.organisation_coordinator, now=later) == []


def test_an_own_employee_stays_with_their_own_employer(seeking: World) -> None:
    place = a_place(seeking)
    Route.objects.filter(pk=seeking.route.pk).update(context="own_employee")
    with pytest.raises(DomainError, match="own employer"):
        asks(seeking, place)
    with pytest.raises(DomainError, match="own employer"):
        wishes.add_wish(by=By(seeking.student), route=seeking.fresh(), place=place, now=NOW)


def test_a_workplace_that_was_chosen_already_is_not_chosen_twice(world: World) -> None:
    one = planned(world, a_place(world))
    says(one, world.student, yes=True)
    with pytest.raises(DomainError, match="at this workplace in that period already"):
        says(one, world.organisation_coordinator, yes=True)
    assert fresh(one).workplace_yes is None


def test_whoever_travels_along_does_not_read_where_else_the_student_looked(
    seeking: World,
) -> None:
    place = a_place(seeking, title="Elders-kanarie")
    one = planned(seeking, place)
    says(one, seeking.student, yes=False, word="Te ver")
    told = AuditEntry.objects.filter(route_id=seeking.route.pk)
    assert not [entry for entry in told if "kanarie" in str(entry.params)]
    assert AuditEntry.objects.filter(subject_id=one.pk).count() == 3
    names = Stop.objects.filter(route=seeking.route).values_list("own_name", flat=True)
    assert not [name for name in names if "kanarie" in name]
