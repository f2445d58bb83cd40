"""A round is tried out, published, and answered."""

from datetime import timedelta

import pytest

from tests.rounds.choosing import (
    AFTER_ALL,
    AFTER_WISHES,
    a_class,
    match_of,
    open_round,
    prefers,
    publish,
    reasons_of,
    rehearse,
    rehearsed_and_published,
    result_of,
    row_of,
    seeking,
    wishes_for,
)
from tests.rounds.choosing import elsewhere as a_place_elsewhere
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.core.errors import DomainError, Stale
from tussenstop.core.models import OutgoingMail
from tussenstop.matching.actions import wishes
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import Grade, PlaceState
from tussenstop.people.acting import By
from tussenstop.rounds import jobs
from tussenstop.rounds.actions import answering, deciding, taking_part
from tussenstop.rounds.models import Match, Rehearsal, RoundPlace, RoundQuota, StudentResult
from tussenstop.rounds.rules import Help, MatchStage, RoundState, Spare, Why
from tussenstop.routes.actions import start
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import Context, State

pytestmark = pytest.mark.django_db


def test_everybody_gets_a_place_and_a_reason(world: World) -> None:
    one = a_class(world)
    prefers(world, one.kitchen, one.bo, Grade.EAGER)
    rehearsal = rehearse(world, one.round)
    assert not rehearsal.failed
    assert result_of(rehearsal, one.bo).place == one.kitchen
    assert result_of(rehearsal, one.amir).place == one.garden
    assert result_of(rehearsal, one.amir).rank == 2
    assert reasons_of(rehearsal, one.amir) == [Why.OTHERS_RATHER, Why.PLACED]
    assert reasons_of(rehearsal, one.cleo) == [Why.PLACED, Why.NOT_NEEDED]
    figures = rehearsal.figures
    assert (figures["students"], figures["placed"], figures["first"]) == (3, 3, 2)
    assert figures["total"] <= figures["largest_total"]


def test_a_rehearsal_has_no_consequence_and_comes_to_the_same_again(world: World) -> None:
    one = a_class(world)
    before = OutgoingMail.objects.count()
    first, second = rehearse(world, one.round), rehearse(world, one.round)
    assert first.number + 1 == second.number
    assert first.fingerprint == second.fingerprint
    assert [
        r.place_id for r in StudentResult.objects.filter(rehearsal=first).order_by("student")
    ] == [r.place_id for r in StudentResult.objects.filter(rehearsal=second).order_by("student")]
    assert OutgoingMail.objects.count() == before
    assert not Match.objects.exists()


def test_the_lottery_decides_only_between_equals_and_is_told(world: World) -> None:
    kitchen = a_place_elsewhere(world, "Keuken", seats=1)
    routes = [seeking(world, name) for name in ("Amir", "Bo")]
    for route in routes:
        wishes_for(route, kitchen)
    rehearsal = rehearse(world, open_round(world))
    results = [result_of(rehearsal, route) for route in routes]
    assert all(result.lottery for result in results)
    loser = next(result for result in results if result.place is None)
    assert loser.wishes == [[str(kitchen.pk), Why.EQUALS_DRAWN]]
    assert loser.help == Help.LUCK


def test_an_own_employee_stays_even_when_others_are_preferred(world: World) -> None:
    place = a_place_elsewhere(world, "Eigen dienst", seats=1)
    own = seeking(
        world,
        "Oona",
        context=Context.OWN_EMPLOYEE,
        place=start.Place(place.workplace, FIRST_DAY, LAST_DAY, "own_employee"),
    )
    other = seeking(world, "Pim")
    wishes_for(other, place)
    prefers(world, place, other, Grade.EAGER)
    rehearsal = rehearse(world, open_round(world))
    assert result_of(rehearsal, own).place == place
    assert result_of(rehearsal, other).place is None
    assert rehearsal.figures["own_placed"] == 1
    publish(world, rehearsal)
    assert not Match.objects.filter(route=own).exists()
    assert Placement.objects.filter(route=own, ended_at=None).count() == 1


def test_an_own_employee_without_a_place_in_the_round_keeps_their_workplace(world: World) -> None:
    own = seeking(
        world,
        "Oona",
        context=Context.OWN_EMPLOYEE,
        place=start.Place(world.workplace, FIRST_DAY, LAST_DAY, "own_employee"),
    )
    rehearsal = rehearse(world, open_round(world))
    assert result_of(rehearsal, own).place is None
    assert rehearsal.figures["own_employees"] == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"starts_on": LAST_DAY + timedelta(days=30), "ends_on": LAST_DAY + timedelta(days=60)},
            Why.NOT_IN_ROUND,
        ),
        ({"state": PlaceState.CLOSED}, Why.NOT_IN_ROUND),
        ({"state": PlaceState.DRAFT}, Why.NOT_IN_ROUND),
    ],
)
def test_a_wish_for_a_place_outside_the_round_does_not_count(
    world: World, change: dict[str, object], why: Why
) -> None:
    one = a_class(world)
    Place.objects.filter(pk=one.kitchen.pk).update(**change)
    if "state" not in change:
        RoundPlace.objects.filter(place=one.kitchen).delete()
    rehearsal = rehearse(world, one.round)
    assert reasons_of(rehearsal, one.amir)[0] == why
    assert not StudentResult.objects.filter(rehearsal=rehearsal, place=one.kitchen).exists()


def test_who_is_not_possible_is_not_placed_there(world: World) -> None:
    one = a_class(world)
    prefers(world, one.kitchen, one.amir, Grade.CANNOT)
    rehearsal = rehearse(world, one.round)
    assert reasons_of(rehearsal, one.amir) == [Why.CANNOT, Why.PLACED]
    assert result_of(rehearsal, one.bo).place == one.kitchen


def test_a_wish_made_after_the_last_day_does_not_count(world: World) -> None:
    one = a_class(world)
    late = seeking(world, "Dana")
    Wish.objects.create(route=late, place=one.garden, position=1, made_at=AFTER_WISHES)
    rehearsal = rehearse(world, one.round, now=NOW)
    assert result_of(rehearsal, late).help == Help.WISHES


def test_a_student_without_wishes_is_told_what_helps(world: World) -> None:
    one = a_class(world)
    quiet = seeking(world, "Dana")
    rehearsal = rehearse(world, one.round, now=NOW)
    assert (result_of(rehearsal, quiet).place, result_of(rehearsal, quiet).help) == (
        None,
        Help.WISHES,
    )


def test_a_round_without_anybody_has_a_result_too(world: World) -> None:
    rehearsal = rehearse(world, open_round(world))
    assert not rehearsal.failed
    assert rehearsal.figures["placed"] == 0


def test_a_place_without_seats_and_a_place_nobody_wants(world: World) -> None:
    one = a_class(world)
    RoundPlace.objects.filter(place=one.kitchen).update(seats=0)
    lonely = a_place_elsewhere(world, "Archief")
    rehearsal = rehearse(world, one.round, now=NOW)
    assert reasons_of(rehearsal, one.amir)[0] == Why.NO_SEATS
    spare = {row.place.place_id: row.spare for row in rehearsal.places.select_related("place")}
    assert spare[lonely.pk] == Spare.NOBODY_ASKED


def test_a_place_with_too_few_students_closes_for_this_round(world: World) -> None:
    one = a_class(world)
    RoundPlace.objects.filter(place=one.garden).update(lowest=2)
    Wish.objects.filter(place=one.garden).exclude(route=one.cleo).delete()
    rehearsal = rehearse(world, one.round)
    assert reasons_of(rehearsal, one.cleo)[0] == Why.CLOSED
    assert rehearsal.figures["closed"] == 1


def test_an_organisation_takes_no_more_than_it_said(world: World) -> None:
    one = a_class(world)
    RoundQuota.objects.create(round=one.round, organisation=world.organisation, most=1)
    rehearsal = rehearse(world, one.round)
    assert rehearsal.figures["placed"] == 1
    assert StudentResult.objects.filter(rehearsal=rehearsal, place=None).count() == 2


def test_colleagues_can_be_kept_together(world: World) -> None:
    one = a_class(world)
    by = By(world.programme_coordinator)
    taking_part.keep_together(
        by=by, one=row_of(one.round, one.amir), other=row_of(one.round, one.bo), now=NOW
    )
    assert row_of(one.round, one.amir).together == row_of(one.round, one.bo).together
    rehearsal = rehearse(world, one.round)
    # Both workplaces belong to one organisation: they are together there.
    assert not result_of(rehearsal, one.amir).parted
    taking_part.part(by=by, one=row_of(one.round, one.amir), now=NOW)
    assert row_of(one.round, one.bo).together is None


def test_two_who_try_at_once_get_one_rehearsal(world: World) -> None:
    one = a_class(world)
    by = By(world.programme_coordinator)
    first = deciding.ask_rehearsal(by=by, round_=one.round, now=AFTER_ALL)
    assert deciding.ask_rehearsal(by=by, round_=one.round, now=AFTER_ALL).pk == first.pk


def test_a_rehearsal_that_was_cut_off_does_not_block_the_next(world: World) -> None:
    one = a_class(world)
    Rehearsal.objects.create(
        round=one.round,
        number=1,
        asked_by=world.programme_coordinator,
        asked_at=AFTER_ALL - timedelta(hours=2),
        started_at=AFTER_ALL - timedelta(hours=2),
    )
    again = rehearse(world, one.round)
    assert (again.number, again.failed) == (2, False)
    assert Rehearsal.objects.get(number=1).failed


def test_a_job_that_arrives_twice_is_done_once(world: World) -> None:
    one = a_class(world)
    rehearsal = rehearse(world, one.round)
    jobs.rehearse.func(str(rehearsal.pk))
    assert StudentResult.objects.filter(rehearsal=rehearsal).count() == 3


def test_a_rehearsal_that_fails_says_so_and_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = a_class(world)

    def breaks(_rehearsal: Rehearsal) -> None:
        raise RuntimeError

    monkeypatch.setattr(jobs, "try_out", breaks)
    rehearsal = rehearse(world, one.round)
    assert rehearsal.failed
    with pytest.raises(DomainError, match="no result"):
        publish(world, rehearsal)


def test_nothing_is_published_while_somebody_can_still_choose(world: World) -> None:
    one = a_class(world)
    with pytest.raises(DomainError, match="still has time"):
        publish(world, rehearse(world, one.round), now=AFTER_WISHES)


def test_what_changed_since_the_rehearsal_is_not_published(world: World) -> None:
    one = a_class(world)
    rehearsal = rehearse(world, one.round)
    taking_part.put_student(
        by=By(world.programme_coordinator),
        row=row_of(one.round, one.bo),
        takes_part=False,
        now=AFTER_ALL,
    )
    with pytest.raises(Stale):
        publish(world, rehearsal)
    publish(world, rehearse(world, one.round))
    assert {match.route_id for match in Match.objects.all()} == {one.amir.pk, one.cleo.pk}


def test_publishing_tells_everybody_and_twice_is_once(world: World) -> None:
    one = a_class(world)
    OutgoingMail.objects.all().delete()
    rehearsal = rehearsed_and_published(world, one.round)
    deciding.publish(by=By(world.programme_coordinator), rehearsal=rehearsal, now=AFTER_ALL)
    told = list(OutgoingMail.objects.values_list("to", flat=True))
    assert sorted(told) == sorted(
        [
            "amir@example.org",
            "bo@example.org",
            "cleo@example.org",
            world.organisation_coordinator.email,
        ]
    )
    assert one.round.__class__.objects.get(pk=one.round.pk).state == RoundState.PUBLISHED
    assert Match.objects.count() == 3
    for mail in OutgoingMail.objects.all():
        assert "Keuken" not in mail.text


def test_favourites_stay_as_they_are_while_the_round_is_decided(world: World) -> None:
    one = a_class(world)
    for act in (
        lambda: wishes.drop_wish(
            by=By(one.person("amir")), route=one.amir, place=one.kitchen, now=AFTER_WISHES
        ),
        lambda: wishes.move_wish(
            by=By(one.person("amir")), route=one.amir, place=one.garden, up=True, now=AFTER_WISHES
        ),
    ):
        with pytest.raises(DomainError, match="being decided"):
            act()
    rehearsed_and_published(world, one.round)
    wishes.drop_wish(by=By(one.person("amir")), route=one.amir, place=one.kitchen, now=AFTER_ALL)
    assert not Wish.objects.filter(route=one.amir, place=one.kitchen).exists()


def test_preferences_stay_as_they_are_while_the_round_is_decided(world: World) -> None:
    one = a_class(world)
    by = By(world.organisation_coordinator)
    wishes.prefer(by=by, place=one.kitchen, route=one.amir, grade=Grade.GLAD, now=AFTER_WISHES)
    with pytest.raises(DomainError, match="being decided"):
        wishes.prefer(by=by, place=one.kitchen, route=one.amir, grade=Grade.EAGER, now=AFTER_ALL)


def says(world: World, match: Match, by: object, *, yes: bool, word: str = "") -> None:
    answering.answer(by=By(by), match=match, yes=yes, word=word, seen=match.version, now=AFTER_ALL)  # type: ignore[arg-type]


def test_a_yes_of_both_is_the_choice_of_a_workplace(world: World) -> None:
    one = a_class(world)
    rehearsed_and_published(world, one.round)
    says(world, match_of(one.cleo), one.person("cleo"), yes=True)
    assert not Placement.objects.filter(route=one.cleo).exists()
    says(world, match_of(one.cleo), world.organisation_coordinator, yes=True)
    placement = Placement.objects.get(route=one.cleo)
    assert placement.workplace == one.garden.workplace
    assert match_of(one.cleo).stage == MatchStage.CHOSEN
    assert Route.objects.get(pk=one.cleo.pk).state == State.ACQUAINTING


def test_a_no_leads_to_the_next_round_without_that_place(world: World) -> None:
    one = a_class(world)
    rehearsed_and_published(world, one.round)
    kitchen_now = match_of(one.cleo)
    says(world, kitchen_now, one.person("cleo"), yes=False, word="Toch niet")
    assert match_of(one.cleo).stage == MatchStage.NO
    following = open_round(
        world,
        wishes_until=AFTER_ALL.date() + timedelta(days=7),
        preferences_until=AFTER_ALL.date() + timedelta(days=8),
        result_on=AFTER_ALL.date() + timedelta(days=9),
    )
    assert row_of(following, one.cleo).left_at is None
    rehearsal = rehearse(world, following)
    assert reasons_of(rehearsal, one.cleo)[0] == Why.SAID_NO


def test_who_found_a_workplace_meanwhile_leaves_the_round(world: World) -> None:
    one = a_class(world)
    rehearsal = rehearse(world, one.round)
    says_before = rehearsal.figures["students"]
    start.put_placement(
        route=one.amir,
        place=start.Place(world.workplace, FIRST_DAY, LAST_DAY, "internship_agreement"),
        by=By(one.person("amir")),
        now=NOW,
    )
    assert rehearse(world, one.round).figures["students"] == says_before - 1


def test_a_full_place_takes_nobody_more(world: World) -> None:
    one = a_class(world)
    rehearsed_and_published(world, one.round)
    match = Match.objects.select_related(
        "route__student", "place__workplace__organisation", "round__institution"
    ).get(place=one.kitchen)
    Place.objects.filter(pk=one.kitchen.pk).update(state=PlaceState.CLOSED)
    match.place.refresh_from_db()
    with pytest.raises(DomainError, match="not open"):
        says(world, match, match.route.student, yes=True)


def test_an_answer_after_somebody_answered_is_stale(world: World) -> None:
    one = a_class(world)
    rehearsed_and_published(world, one.round)
    mine, theirs = match_of(one.cleo), match_of(one.cleo)
    says(world, theirs, world.organisation_coordinator, yes=False)
    with pytest.raises(Stale):
        says(world, mine, one.person("cleo"), yes=True)


def test_a_place_in_two_rounds_gives_its_seats_once(world: World) -> None:
    one = a_class(world)
    following = open_round(world)
    assert {row.seats for row in following.places.all()} == {0}
    assert not following.students.exists()
    assert {row.seats for row in one.round.places.all()} == {1, 2}
