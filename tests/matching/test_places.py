"""Organisations offer places; students find the ones that are open."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import CompetenceFactory, PersonFactory, ProgrammeFactory, WorkplaceFactory
from tests.matching.offering import a_place, an_offer, draft, to
from tests.worlds import FIRST_DAY, NOW, World
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.matching.actions import places
from tussenstop.matching.models import Place
from tussenstop.matching.queries import PlaceFilter, get_place, shown_places
from tussenstop.matching.rules import PlaceState, mask_of, weekdays_of
from tussenstop.people.acting import By
from tussenstop.people.models import Person, Workplace

pytestmark = pytest.mark.django_db


def found(world: World, person: Person | None = None, **wanted: Any) -> list[str]:
    rows = shown_places(
        person=person or world.student, now=NOW, today=NOW.date(), wanted=PlaceFilter(**wanted)
    )
    return [place.title for place in rows]


@pytest.mark.parametrize("days", [[], [1], [2, 5], [1, 2, 3, 4, 5, 6, 7]])
def test_days_are_kept_as_bits_and_come_back_as_days(days: list[int]) -> None:
    assert weekdays_of(mask_of(days)) == days


def test_a_place_begins_as_a_draft_that_others_do_not_see(world: World) -> None:
    place = draft(world)
    assert place.state == PlaceState.DRAFT
    assert place.weekdays == [2, 5]
    assert found(world) == []
    with pytest.raises(NotFound):
        get_place(person=world.student, place_id=place.pk, now=NOW)
    assert get_place(person=world.organisation_coordinator, place_id=place.pk, now=NOW).may_offer


def test_once_open_everybody_who_belongs_finds_it(world: World) -> None:
    a_place(world)
    assert found(world) == found(world, world.other_teacher) == ["Leren zorgen"]
    with pytest.raises(NotFound):
        found(world, world.stranger)


@pytest.mark.parametrize(
    ("state", "listed", "seen"), [("full", False, True), ("closed", False, False)]
)
def test_a_full_place_can_be_read_and_a_closed_one_can_not(
    world: World, state: str, listed: bool, seen: bool
) -> None:
    place = a_place(world)
    to(world, place, PlaceState(state))
    assert bool(found(world)) == listed
    if seen:
        assert not get_place(person=world.student, place_id=place.pk, now=NOW).may_offer
    else:
        with pytest.raises(NotFound):
            get_place(person=world.student, place_id=place.pk, now=NOW)


def test_the_same_form_sent_twice_makes_one_place(world: World) -> None:
    key = uuid7()
    assert draft(world, key=key) == draft(world, key=key)
    assert Place.objects.count() == 1
    assert AuditEntry.objects.filter(code="place.added").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": FIRST_DAY - timedelta(days=1)}, "ends_on"),
        ({"seats": 1, "seats_lowest": 2}, "seats_lowest"),
        ({"days": []}, "days"),
        ({"programmes": []}, "programmes"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        draft(world, **changes)
    assert refusal.value.field == field
    assert not Place.objects.exists()


def test_a_mentor_of_another_organisation_is_refused(world: World) -> None:
    with pytest.raises(DomainError, match="mentors of your organisation"):
        draft(world, mentors=[world.other_mentor])


def test_a_competence_belongs_to_a_chosen_programme(world: World) -> None:
    with pytest.raises(DomainError, match="programme that is not chosen"):
        draft(world, competences=[CompetenceFactory()])
    one = CompetenceFactory(programme=world.programme)
    assert list(draft(world, competences=[one]).competences.all()) == [one]


def test_no_seats_is_a_place_that_waits(world: World) -> None:
    assert draft(world, seats=0).seats == 0


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("mentor", Refused), ("student", NotFound), ("other_organisation_coordinator", NotFound)],
)
def test_only_the_organisations_coordinator_offers(
    world: World, who: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        places.add_place(
            by=By(getattr(world, who)),
            workplace=world.workplace,
            key=uuid7(),
            offer=an_offer(world),
            now=NOW,
        )


def test_two_who_describe_it_at_once_do_not_overwrite_each_other(world: World) -> None:
    place = a_place(world)
    by = By(world.organisation_coordinator)
    seen = place.version
    first = an_offer(world, title="Nieuw")
    places.edit_place(by=by, place=place, seen=seen, offer=first, now=NOW)
    with pytest.raises(Stale):
        places.edit_place(by=by, place=place, seen=seen, offer=an_offer(world), now=NOW)
    assert Place.objects.get().title == "Nieuw"


def test_a_place_of_a_closed_workplace_is_not_opened(world: World) -> None:
    place = draft(world)
    Workplace.objects.update(closed_at=NOW)
    place.workplace.refresh_from_db()
    with pytest.raises(DomainError, match="takes no new students"):
        to(world, place, PlaceState.PUBLISHED)


def test_opening_twice_is_opening_once(world: World) -> None:
    place = a_place(world)
    to(world, place, PlaceState.PUBLISHED)
    assert AuditEntry.objects.filter(code="place.published").count() == 1


def test_a_place_that_is_over_is_not_found(world: World) -> None:
    a_place(world)
    rows = shown_places(
        person=world.student, now=NOW, today=FIRST_DAY.replace(year=2030), wanted=PlaceFilter()
    )
    assert not rows.exists()


def test_one_filters_by_programme_days_culture_competence_words_and_reach(world: World) -> None:
    other = ProgrammeFactory(institution=world.institution)
    one = CompetenceFactory(programme=world.programme)
    Workplace.objects.filter(pk=world.workplace.pk).update(
        culture_types=["caring"], city="Gent", postal_code="9000"
    )
    a_place(world, competences=[one])
    assert found(world, programme=world.programme.pk) == ["Leren zorgen"]
    assert found(world, programme=other.pk) == []
    assert found(world, days=frozenset({2})) == ["Leren zorgen"]
    assert found(world, days=frozenset({2, 5})) == ["Leren zorgen"]
    assert found(world, days=frozenset({2, 3})) == []
    assert found(world, culture="caring") == ["Leren zorgen"]
    assert found(world, culture="car") == []
    assert found(world, competence=one.pk) == ["Leren zorgen"]
    assert found(world, competence=uuid7()) == []
    assert found(world, words="zorgen gent") == ["Leren zorgen"]
    assert found(world, words="zorgen brugge") == []
    assert found(world, codes=frozenset({"9000"})) == ["Leren zorgen"]
    assert found(world, codes=frozenset()) == []


def test_somebody_who_belongs_nowhere_does_not_know_of_places(world: World) -> None:
    a_place(world)
    WorkplaceFactory()
    with pytest.raises(NotFound):
        found(world, PersonFactory())
