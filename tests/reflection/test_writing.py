"""The journal: private, saved while one writes, never lost between two windows, gone for good."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

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
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import StoredFile
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection import queries
from tussenstop.reflection.actions import sharing, writing
from tussenstop.reflection.actions.writing import Pen, TooLong, WrittenElsewhere, Wrote
from tussenstop.reflection.models import Entry, EntryFile, EntryLook, Share, Word
from tussenstop.reflection.rules import LONGEST

pytestmark = pytest.mark.django_db


def found(person: Person, words: str = "", **wanted: str) -> list[UUID]:
    return [one.pk for one in queries.own_entries(person=person, words=words, **wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["student", "mentor", "teacher", "coach"])
def test_everybody_has_a_journal_that_only_they_read(world: World, who: str) -> None:
    person = getattr(world, who)
    entry = writes(world, person=person)
    assert queries.own_entry(person=person, entry_id=entry.pk) == entry
    for other in (world.student, world.mentor, world.teacher, world.coach, world.administrator):
        if other != person:
            with pytest.raises(NotFound):
                queries.own_entry(person=other, entry_id=entry.pk)
            with pytest.raises(NotFound):
                queries.shared_page(person=other, entry_id=entry.pk, now=NOW)


def test_an_entry_needs_no_route(world: World) -> None:
    assert writes(world, person=world.stranger, route=None).route is None


def test_an_entry_is_tied_only_to_a_route_one_travels(world: World) -> None:
    with pytest.raises(NotFound):
        writes(world, person=world.other_student)
    with pytest.raises(Refused):
        writes(world, person=world.godparent)
    assert not Entry.objects.exists()


def test_an_empty_page_is_not_kept(world: World) -> None:
    kept = writing.write(
        by=By(world.student),
        entry_id=uuid7(),
        wrote=Wrote({"free": "  "}),
        seen=0,
        pen=Pen(uuid7()),
        now=NOW,
    )
    assert kept is None
    assert not Entry.objects.exists()


def test_the_second_window_keeps_its_text_and_sees_both(world: World) -> None:
    entry = writes(world)
    writes(world, entry_id=entry.pk, seen=1, texts={"free": "eerste venster"})
    with pytest.raises(WrittenElsewhere) as elsewhere:
        writes(world, entry_id=entry.pk, seen=1, texts={"free": "tweede venster"})
    assert elsewhere.value.theirs == {"free": "eerste venster"}
    assert Entry.objects.get().texts == {"free": "eerste venster"}
    writes(world, entry_id=entry.pk, seen=elsewhere.value.version, texts={"free": "allebei"})
    assert Entry.objects.get().texts == {"free": "allebei"}


def test_the_same_text_twice_is_no_quarrel(world: World) -> None:
    entry = writes(world)
    assert writes(world, entry_id=entry.pk, seen=0).version == 1


def test_a_window_need_not_fear_what_it_saved_itself(world: World) -> None:
    """The answer to a save can be lost on the way: the next save knows only the version before."""
    window = uuid7()
    entry = writes(world, pen=Pen(window, 1))
    later = writes(world, entry_id=entry.pk, seen=0, pen=Pen(window, 2), texts={"free": "verder"})
    assert later.texts == {"free": "verder"}


def test_a_save_that_comes_too_late_does_not_undo_a_later_one(world: World) -> None:
    window = uuid7()
    entry = writes(world, pen=Pen(window, 1))
    writes(world, entry_id=entry.pk, seen=1, pen=Pen(window, 3), texts={"free": "nieuw"})
    with pytest.raises(WrittenElsewhere):
        writes(world, entry_id=entry.pk, seen=1, pen=Pen(window, 2), texts={"free": "oud"})
    assert Entry.objects.get().texts == {"free": "nieuw"}


def test_another_form_throws_nothing_away(world: World) -> None:
    entry = writes(world, texts={"free": "los geschreven"})
    writes(world, entry_id=entry.pk, seen=1, form="starr", texts={SITUATION: "Aan de balie"})
    writes(world, entry_id=entry.pk, seen=2, form="pdca", texts={"pdca.plan": "Vroeger vragen"})
    assert Entry.objects.get().texts == {
        "free": "los geschreven",
        SITUATION: "Aan de balie",
        "pdca.plan": "Vroeger vragen",
    }
    parts = queries.own_page(person=world.student, entry_id=entry.pk).parts
    assert [part.key for part in parts] == ["pdca.plan", "free", SITUATION]


def test_a_text_has_its_length(world: World) -> None:
    with pytest.raises(TooLong):
        writes(world, texts={"free": "x" * (LONGEST + 1)})


def test_nobody_writes_in_somebody_elses_entry(world: World) -> None:
    entry = writes(world)
    with pytest.raises(NotFound):
        writes(world, person=world.mentor, entry_id=entry.pk, seen=1, texts={"free": "anders"})
    with pytest.raises(NotFound):
        writing.remove(by=By(world.mentor), entry=entry)
    assert Entry.objects.get().texts == {"free": CANARY}


def test_one_searches_in_ones_own_words(world: World) -> None:
    entry = writes(world, texts={"free": "Élke dag een beetje beter"})
    writes(world, texts={"free": "Iets anders"}, theme="culture")
    writes(world, person=world.mentor, texts={"free": "élke dag ook hier"})
    assert found(world.student, "élke BEETJE") == [entry.pk]
    assert found(world.student, "élke anders") == []
    assert len(found(world.student, theme="culture")) == 1


def test_deleted_is_gone_with_everything_around_it(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    entry = writes_starr(world)
    kept = keeps(world, entry, a_photo())
    place = kept.file.content.name
    assert place
    assert default_storage.exists(place)
    shares(world, entry, world.mentor, "", ACTION)
    sharing.looked(person=world.mentor, entry=entry, now=NOW)
    sharing.say(by=By(world.mentor), entry=entry, key=uuid7(), text="Knap.", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        writing.remove(by=By(world.student), entry=entry)
    for table in (Entry, EntryFile, Share, EntryLook, Word, StoredFile):
        assert not table.objects.exists()
    assert not default_storage.exists(place)


def test_lists_cost_the_same_for_one_as_for_many(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(3):
        entry = writes_starr(world, now=NOW + timedelta(minutes=number))
        shares(world, entry, world.mentor, ACTION)
        for count in (1, number + 1):
            with django_assert_num_queries(4):
                rows = queries.as_own(list(queries.own_entries(person=world.student)[:count]))
            assert len(rows) == count
            assert rows[0].readers == ["Mo Mentor"]
