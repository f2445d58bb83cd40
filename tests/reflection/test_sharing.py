"""Part by part, with people one chooses; revoked at once; who looked is known to who wrote."""

from datetime import timedelta

import pytest

from tests.reflection.writing import (
    ACTION,
    CANARY,
    SITUATION,
    a_photo,
    keeps,
    shares,
    writes,
    writes_starr,
)
from tests.series.asking import another_route
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection import queries
from tussenstop.reflection.actions import sharing
from tussenstop.reflection.actions.sharing import CannotSay
from tussenstop.reflection.models import Entry, EntryLook, Share, Word
from tussenstop.reflection.readers import readers_on
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context

pytestmark = pytest.mark.django_db


def reads(person: Person, entry: Entry) -> list[str]:
    page = queries.shared_page(person=person, entry_id=entry.pk, now=NOW)
    return [part.key for part in page.parts]


def test_a_reader_reads_what_was_shared_and_nothing_else(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, SITUATION)
    assert reads(world.mentor, entry) == [SITUATION]
    view = queries.get_reading(person=world.mentor, route_id=world.route.pk, now=NOW)
    ((_entry, opening),) = queries.openings(list(queries.shared_with(view=view)))
    assert opening == "Aan het onthaal stond een rij"
    assert CANARY not in opening
    for other in (world.teacher, world.coach, world.other_mentor):
        with pytest.raises(NotFound):
            reads(other, entry)


def test_the_whole_entry_is_also_what_is_added_later(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.coach, "")
    kept = keeps(world, entry, a_photo())
    assert reads(world.coach, entry) == [SITUATION, ACTION, f"file.{kept.pk}"]


def test_a_photo_is_shared_apart(world: World) -> None:
    entry = writes_starr(world)
    kept = keeps(world, entry, a_photo())
    shares(world, entry, world.mentor, SITUATION)
    with pytest.raises(NotFound):
        queries.get_file(person=world.mentor, file_id=kept.pk, now=NOW)
    shares(world, entry, world.mentor, f"file.{kept.pk}")
    assert queries.get_file(person=world.mentor, file_id=kept.pk, now=NOW) == kept
    assert reads(world.mentor, entry) == [f"file.{kept.pk}"]


def test_revoking_holds_at_once_and_wins_from_an_older_window(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    before = Entry.objects.get().sharing_version
    sharing.stop(by=By(world.student), entry=entry, reader_id=world.mentor.pk, now=NOW)
    with pytest.raises(NotFound):
        reads(world.mentor, entry)
    with pytest.raises(Stale):
        sharing.choose(
            by=By(world.student),
            entry=entry,
            route=world.route,
            chosen={world.mentor.pk: {""}},
            seen=before,
            now=NOW,
        )
    assert not Share.objects.exists()


def test_who_leaves_the_route_reads_nothing_any_more(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    Participation.objects.filter(person=world.mentor, route=world.route).update(ended_at=NOW)
    with pytest.raises(NotFound):
        reads(world.mentor, entry)


def test_only_who_travels_along_can_be_chosen(world: World) -> None:
    entry = writes_starr(world)
    for nobody in (world.godparent, world.stranger, world.other_mentor):
        shares(world, entry, nobody, "")
    assert not Share.objects.exists()
    people = [one.person for one in readers_on(world.route, world.student, now=NOW)]
    assert people == [world.mentor, world.teacher, world.coach]


def test_a_mentor_can_share_with_the_student(world: World) -> None:
    people = [one.person for one in readers_on(world.route, world.mentor, now=NOW)]
    assert people == [world.student, world.teacher, world.coach]


def test_nobody_else_shares_or_stops(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    with pytest.raises(NotFound):
        sharing.stop(by=By(world.mentor), entry=entry, reader_id=world.mentor.pk, now=NOW)
    with pytest.raises(NotFound):
        sharing.choose(
            by=By(world.mentor),
            entry=entry,
            route=world.route,
            chosen={world.teacher.pk: {""}},
            seen=1,
            now=NOW,
        )
    assert Share.objects.get().reader == world.mentor


def test_a_part_that_does_not_exist_is_not_shared(world: World) -> None:
    with pytest.raises(NotFound):
        shares(world, writes_starr(world), world.mentor, "starr.result")


def test_for_an_own_employee_it_is_said_who_works_for_the_same_employer(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    readers = readers_on(world.fresh(), world.student, now=NOW)
    assert [one.person for one in readers if one.at_work] == [world.mentor]


def test_the_story_of_the_route_tells_nothing_of_it(world: World) -> None:
    told = AuditEntry.objects.filter(route_id=world.route.pk).count()
    entry = writes_starr(world)
    shares(world, entry, world.mentor, ACTION)
    assert AuditEntry.objects.filter(code="reflection.shared").count() == 1
    assert AuditEntry.objects.filter(route_id=world.route.pk).count() == told
    assert not AuditEntry.objects.filter(params__icontains=CANARY).exists()


def test_who_looked_is_known_once_a_day_and_to_who_wrote(world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        sharing.looked(person=world.mentor, entry=entry, now=moment)
    sharing.looked(person=world.student, entry=entry, now=NOW)
    assert EntryLook.objects.count() == 2
    (reading,) = queries.own_page(person=world.student, entry_id=entry.pk).readings
    assert (reading.person, reading.last_look) == (world.mentor, NOW + timedelta(days=1))


def test_a_reader_leaves_a_word_that_only_who_wrote_reads(world: World) -> None:
    entry, key = writes_starr(world), uuid7()
    shares(world, entry, world.mentor, SITUATION)
    shares(world, entry, world.coach, SITUATION)
    for _twice in range(2):
        sharing.say(by=By(world.mentor), entry=entry, key=key, text="Knap gezien.", now=NOW)
    sharing.say(
        by=By(world.student),
        entry=entry,
        key=uuid7(),
        text="Dank je.",
        reader_id=world.mentor.pk,
        now=NOW,
    )
    mine = queries.shared_page(person=world.mentor, entry_id=entry.pk, now=NOW).said
    assert [word.text for word in mine] == ["Knap gezien.", "Dank je."]
    assert queries.shared_page(person=world.coach, entry_id=entry.pk, now=NOW).said == []
    assert Entry.objects.get().texts[ACTION] == CANARY


def test_who_reads_nothing_says_nothing(world: World) -> None:
    entry = writes_starr(world)
    with pytest.raises(NotFound):
        sharing.say(by=By(world.teacher), entry=entry, key=uuid7(), text="Dag", now=NOW)
    with pytest.raises(NotFound):
        sharing.say(
            by=By(world.student),
            entry=entry,
            key=uuid7(),
            text="Dag",
            reader_id=world.teacher.pk,
            now=NOW,
        )
    shares(world, entry, world.mentor, "")
    with pytest.raises(CannotSay):
        sharing.say(by=By(world.mentor), entry=entry, key=uuid7(), text=" ", now=NOW)
    assert not Word.objects.exists()


def test_what_is_shared_again_on_another_route_is_shared_there(world: World) -> None:
    """The entry was tied to an earlier route, on which the same person read along."""
    entry = writes(world)
    shares(world, entry, world.teacher, "")
    earlier = another_route(world)
    Share.objects.update(route=earlier)
    shares(world, entry, world.teacher, "")
    assert Share.objects.get().route == world.route


def test_a_word_sent_twice_stands_once_and_never_takes_another_s_place(world: World) -> None:
    entry = writes(world)
    shares(world, entry, world.mentor, "")
    shares(world, entry, world.teacher, "")
    key = uuid7()
    for _twice in range(2):
        sharing.say(by=By(world.mentor), entry=entry, key=key, text="Mooi", now=NOW)
    with pytest.raises(NotFound):
        sharing.say(by=By(world.teacher), entry=entry, key=key, text="Ook mooi", now=NOW)
    assert [one.person for one in Word.objects.all()] == [world.mentor]
