"""An institution keeps questionnaires: who may, on whose word, and what can never change again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.factories import MembershipFactory, PersonFactory
from tests.instruments.keeping import (
    DUTCH,
    ENGLISH,
    a_right,
    a_text,
    adds,
    in_use,
    uses,
)
from tests.worlds import NOW, World
from tussenstop.core.audit import sentence
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.instruments import actions, queries
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import State, Use, Wording
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db

NO_KEEPERS = {
    "student": Refused,
    "teacher": Refused,
    "coach": Refused,
    "administrator": Refused,
    "mentor": NotFound,
    "godparent": NotFound,
    "organisation_coordinator": NotFound,
    "other_student": NotFound,
    "other_teacher": NotFound,
    "other_programme_coordinator": NotFound,
    "stranger": NotFound,
}


def offered(person: Person, days: int = 0) -> list[Instrument]:
    return queries.offered_to(person, now=NOW + timedelta(days=days), use=Use.CHECK_IN)


@pytest.mark.parametrize(("name", "refusal"), NO_KEEPERS.items())
def test_only_who_coordinates_programmes_there_keeps_them(
    world: World, name: str, refusal: type[Exception]
) -> None:
    by, draft, used = By(getattr(world, name)), adds(world), in_use(world)
    acts = (
        lambda: actions.add(
            by=by, institution=world.institution, key=uuid7(), text=a_text(), now=NOW
        ),
        lambda: actions.edit(by=by, instrument=draft, seen=1, text=a_text(), now=NOW),
        lambda: actions.put_in_use(
            by=by, instrument=draft, seen=1, held=a_right(), confirmed=True, now=NOW
        ),
        lambda: actions.new_version(by=by, instrument=used, now=NOW),
        lambda: actions.withdraw(by=by, instrument=used, now=NOW),
        lambda: actions.delete(by=by, instrument=draft, now=NOW),
    )
    for act in acts:
        with pytest.raises(refusal):
            act()
    with pytest.raises(NotFound):
        queries.get(person=by.person, instrument_id=draft.pk, now=NOW)
    assert Instrument.objects.count() == 2


def test_a_draft_is_offered_to_nobody(world: World) -> None:
    draft = adds(world)
    assert offered(world.student) == []
    with pytest.raises(NotFound):
        queries.get_known(person=world.student, instrument_id=draft.pk, now=NOW)


@pytest.mark.parametrize("name", ["student", "teacher", "coach"])
def test_in_use_it_is_offered_to_who_belongs(world: World, name: str) -> None:
    used = in_use(world)
    assert offered(getattr(world, name)) == [used]


@pytest.mark.parametrize(
    "name",
    [
        "mentor",
        "godparent",
        "programme_coordinator",
        "organisation_coordinator",
        "administrator",
        "other_student",
        "other_teacher",
        "stranger",
    ],
)
def test_and_to_nobody_else(world: World, name: str) -> None:
    used = in_use(world)
    assert offered(getattr(world, name)) == []
    with pytest.raises(NotFound):
        queries.get_known(person=getattr(world, name), instrument_id=used.pk, now=NOW)


def test_who_learns_on_a_route_of_the_institution_belongs_without_being_a_member(
    world: World,
) -> None:
    used = in_use(world)
    world.student.memberships.all().delete()
    assert offered(world.student) == [used]
    world.student.participations.update(ended_at=NOW)
    assert offered(world.student) == []


def test_after_the_last_day_it_is_offered_no_longer(world: World) -> None:
    in_use(world, until=NOW.date() + timedelta(days=30))
    assert offered(world.student, days=30)
    assert not offered(world.student, days=31)


def test_nobody_puts_it_in_use_without_saying_that_the_right_is_held(world: World) -> None:
    draft, by = adds(world), By(world.programme_coordinator)
    with pytest.raises(actions.CannotUse) as refusal:
        actions.put_in_use(
            by=by, instrument=draft, seen=1, held=a_right(), confirmed=False, now=NOW
        )
    assert refusal.value.field == "confirmed"
    assert offered(world.student) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"how": ""}, "how"),
        ({"held_by": " "}, "held_by"),
        ({"valid_until": NOW.date() - timedelta(days=1)}, "valid_until"),
        (
            {
                "valid_from": NOW.date() - timedelta(days=9),
                "valid_until": NOW.date() - timedelta(days=1),
            },
            "valid_until",
        ),
    ],
)
def test_a_right_that_is_not_whole_is_refused_beside_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(actions.CannotUse) as refusal:
        actions.put_in_use(
            by=By(world.programme_coordinator),
            instrument=adds(world),
            seen=1,
            held=a_right(**changes),
            confirmed=True,
            now=NOW,
        )
    assert refusal.value.field == field


def test_who_said_so_and_when_is_kept(world: World) -> None:
    used = in_use(world)
    assert (used.confirmed_by, used.confirmed_at) == (world.programme_coordinator, NOW)
    entry = AuditEntry.objects.get(code="instrument.in_use")
    assert (entry.actor_id, entry.subject_id) == (world.programme_coordinator.pk, used.pk)
    assert "said that the right is held: Leergoesting (1)" in sentence(entry)


def test_the_database_knows_no_version_in_use_without_that_word(world: World) -> None:
    draft = adds(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(pk=draft.pk).update(state=State.IN_USE)


def test_what_is_in_use_is_never_written_anew(world: World) -> None:
    used = in_use(world)
    with pytest.raises(actions.CannotKeep):
        actions.edit(
            by=By(world.programme_coordinator),
            instrument=used,
            seen=used.version,
            text=a_text(ENGLISH),
            now=NOW,
        )
    assert Instrument.objects.get().wordings == [DUTCH]


def test_a_new_version_succeeds_the_old_one_when_it_comes_in_use(world: World) -> None:
    old, by = in_use(world), By(world.programme_coordinator)
    new = actions.new_version(by=by, instrument=old, now=NOW)
    assert actions.new_version(by=by, instrument=old, now=NOW) == new
    assert (new.edition, new.wording, new.confirmed_at) == (2, old.wording, None)
    assert offered(world.student) == [old]
    actions.edit(by=by, instrument=new, seen=1, text=a_text(DUTCH, ENGLISH), now=NOW)
    uses(world, new)
    assert offered(world.student) == [new]
    old.refresh_from_db()
    assert (old.state, old.withdrawn_at, old.wordings) == (State.WITHDRAWN, NOW, [DUTCH])
    assert [one.edition for one in queries.versions(old)] == [2, 1]


def test_what_is_withdrawn_does_not_come_back_but_can_be_succeeded(world: World) -> None:
    used, by = in_use(world), By(world.programme_coordinator)
    for _time in range(2):
        actions.withdraw(by=by, instrument=used, now=NOW)
    assert AuditEntry.objects.filter(code="instrument.withdrawn").count() == 1
    assert offered(world.student) == []
    with pytest.raises(actions.CannotUse):
        uses(world, used)
    assert offered(world.student) == []
    uses(world, actions.new_version(by=by, instrument=used, now=NOW))
    assert len(offered(world.student)) == 1


def test_a_draft_can_be_deleted_and_what_has_been_in_use_never(world: World) -> None:
    by, draft, used = By(world.programme_coordinator), adds(world), in_use(world)
    for _time in range(2):
        actions.delete(by=by, instrument=draft, now=NOW)
    with pytest.raises(actions.CannotDelete):
        actions.delete(by=by, instrument=used, now=NOW)
    actions.withdraw(by=by, instrument=used, now=NOW)
    with pytest.raises(actions.CannotDelete):
        actions.delete(by=by, instrument=used, now=NOW)
    assert list(Instrument.objects.all()) == [used]


def test_sent_twice_it_is_there_once_and_in_use_once(world: World) -> None:
    by, key = By(world.programme_coordinator), uuid7()
    for _time in range(2):
        made = actions.add(by=by, institution=world.institution, key=key, text=a_text(), now=NOW)
    for _time in range(2):
        actions.put_in_use(by=by, instrument=made, seen=1, held=a_right(), confirmed=True, now=NOW)
    assert Instrument.objects.count() == 1
    assert AuditEntry.objects.filter(code="instrument.in_use").count() == 1


def test_a_key_of_another_institution_gives_nothing_away(world: World) -> None:
    theirs = adds(world)
    other = world.other_programme_coordinator.memberships.get().institution
    assert other is not None
    with pytest.raises(NotFound):
        actions.add(
            by=By(world.other_programme_coordinator),
            institution=other,
            key=theirs.pk,
            text=a_text(),
            now=NOW,
        )


def test_of_two_who_write_the_second_is_told(world: World) -> None:
    draft, colleague = adds(world), PersonFactory()
    MembershipFactory(
        person=colleague, role=Role.PROGRAMME_COORDINATOR, institution=world.institution
    )
    actions.edit(by=By(colleague), instrument=draft, seen=1, text=a_text(ENGLISH), now=NOW)
    mine = By(world.programme_coordinator)
    with pytest.raises(Stale):
        actions.edit(by=mine, instrument=draft, seen=1, text=a_text(), now=NOW)
    with pytest.raises(Stale):  # who gives their word must have read what they give it for
        actions.put_in_use(
            by=mine, instrument=draft, seen=1, held=a_right(), confirmed=True, now=NOW
        )
    assert Instrument.objects.get().wordings == [ENGLISH]


@pytest.mark.parametrize(
    ("changes", "field"), [({"rights_holder": " "}, "rights_holder"), ({"licence": ""}, "licence")]
)
def test_a_text_without_owner_or_licence_is_refused(
    world: World, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(actions.CannotKeep) as refusal:
        adds(world, **changes)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("wordings", "speaks", "heard"),
    [
        ((DUTCH, ENGLISH), "nl", DUTCH),
        ((DUTCH, ENGLISH), "en", ENGLISH),
        ((DUTCH,), "en", DUTCH),
        ((ENGLISH,), "nl", ENGLISH),
    ],
)
def test_it_is_read_in_one_s_own_language_or_in_the_only_one(
    world: World, wordings: tuple[Wording, ...], speaks: str, heard: Wording
) -> None:
    used = in_use(world, *wordings)
    with translation.override(speaks):
        assert used.spoken == heard


def test_the_line_of_the_licence_stands_with_it_or_else_owner_and_licence(world: World) -> None:
    assert adds(world, attribution="© De Brug").source_line == "© De Brug"
    assert adds(world).source_line == "School De Brug. Van onszelf"
