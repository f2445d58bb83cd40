"""Photos and voices, growth in one's own words, and reminders on one's own terms."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.reflection.writing import CANARY, a_photo, a_voice, keeps, shares, writes
from tests.worlds import NOW, World
from tussenstop.core import daily
from tussenstop.core.errors import NotFound
from tussenstop.core.files import BadFile
from tussenstop.core.models import OutgoingMail, StoredFile
from tussenstop.people.acting import By
from tussenstop.reflection import queries, reminders
from tussenstop.reflection.actions import files, reminding, writing
from tussenstop.reflection.growth import growth_of
from tussenstop.reflection.models import EntryFile, Reminder, Share
from tussenstop.reflection.rules import MOST_FILES

pytestmark = pytest.mark.django_db


def test_a_photo_is_made_anew_without_what_the_camera_wrote(world: World) -> None:
    kept = keeps(world, writes(world), a_photo())
    assert (kept.kind, kept.file.content_type) == ("photo", "image/webp")
    with kept.file.content.open("rb") as file, Image.open(file) as image:
        assert dict(image.getexif()) == {}
        assert "exif" not in image.info


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (b"OggS", "audio/ogg"),
        (b"\x1a\x45\xdf\xa3", "audio/webm"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"ID3", "audio/mpeg"),
    ],
)
def test_a_voice_is_known_by_its_content(world: World, first: bytes, kind: str) -> None:
    kept = keeps(world, writes(world), BytesIO(first + bytes(64)), "eender.exe")
    assert (kept.kind, kept.file.content_type) == ("voice", kind)


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"%PDF-1.7", b"MZ\0\0"])
def test_something_else_is_refused(world: World, content: bytes) -> None:
    with pytest.raises(BadFile):
        keeps(world, writes(world), BytesIO(content), "stem.mp3")
    assert not StoredFile.objects.exists()


def test_an_entry_can_begin_with_a_voice(world: World) -> None:
    entry = writing.begin_empty(
        by=By(world.student), entry_id=writes(world).pk, route=None, now=NOW
    )
    keeps(world, entry, a_voice())
    with pytest.raises(NotFound):
        writing.begin_empty(by=By(world.mentor), entry_id=entry.pk, route=None, now=NOW)


def test_an_entry_is_no_album(world: World) -> None:
    entry = writes(world)
    for _each in range(MOST_FILES):
        keeps(world, entry, a_voice())
    with pytest.raises(files.TooMany):
        keeps(world, entry, a_voice())


def test_a_file_is_removed_for_good_with_its_sharing(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    entry = writes(world)
    kept = keeps(world, entry, a_voice())
    place = str(kept.file.content.name)
    shares(world, entry, world.mentor, f"file.{kept.pk}")
    with pytest.raises(NotFound):
        files.remove(by=By(world.mentor), file=kept)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(by=By(world.student), file=kept)
    assert not EntryFile.objects.exists()
    assert not Share.objects.exists()
    assert not default_storage.exists(place)


def test_growth_is_told_by_theme_and_month_the_oldest_first(world: World) -> None:
    for days, theme in ((70, "culture"), (40, "culture"), (39, "culture"), (5, "")):
        writes(
            world,
            theme=theme,
            texts={"free": f"{days} dagen geleden"},
            now=NOW - timedelta(days=days),
        )
    writes(world, person=world.mentor, texts={"free": CANARY})
    found = growth_of(person=world.student, year=None, now=NOW)
    (culture, months), (rest, _last) = found.themes
    assert (culture, rest) == ("culture", "")
    assert [[one.opening for one in rows] for _month, rows in months] == [
        ["70 dagen geleden"],
        ["40 dagen geleden", "39 dagen geleden"],
    ]


def test_growth_is_of_one_year(world: World) -> None:
    writes(world, texts={"free": "vorig jaar"}, now=NOW - timedelta(days=365))
    writes(world, texts={"free": "dit jaar"})
    found = growth_of(person=world.student, year=2025, now=NOW)
    assert (found.year, found.years) == (2025, [2026, 2025])
    assert [one.opening for _t, months in found.themes for _m, rows in months for one in rows] == [
        "vorig jaar"
    ]


def test_what_is_kept_in_view_stands_on_top(world: World) -> None:
    entry = writes(world)
    with pytest.raises(NotFound):
        writing.highlight(by=By(world.mentor), entry=entry, key="free", on=True, now=NOW)
    with pytest.raises(NotFound):
        writing.highlight(by=By(world.student), entry=entry, key="starr.task", on=True, now=NOW)
    for _twice in range(2):
        writing.highlight(by=By(world.student), entry=entry, key="free", on=True, now=NOW)
    assert [one.text for one in growth_of(person=world.student, year=None, now=NOW).marks] == [
        CANARY
    ]
    writing.highlight(by=By(world.student), entry=entry, key="free", on=False, now=NOW)
    assert growth_of(person=world.student, year=None, now=NOW).marks == []


def test_nobody_is_reminded_who_did_not_ask(world: World) -> None:
    assert queries.reminder_of(world.student) is None
    OutgoingMail.objects.all().delete()
    for hour in range(7, 22):
        reminders.remind(hour, NOW)
    assert not OutgoingMail.objects.exists()


def test_a_reminder_comes_at_the_chosen_hour_once_and_tells_nothing(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    writes(world)
    OutgoingMail.objects.all().delete()
    monday = timezone.localtime(NOW)
    assert monday.weekday() == 0
    reminding.choose(by=By(world.student), weekday=3, hour=9)
    reminding.choose(by=By(world.student), weekday=1, hour=18)
    for hour in (9, 17, 18, 19, 18):
        with django_capture_on_commit_callbacks(execute=True):
            reminders.remind(hour, monday.replace(hour=hour))
    letter = OutgoingMail.objects.get()
    assert letter.to == world.student.email
    assert CANARY not in letter.text
    with django_capture_on_commit_callbacks(execute=True):
        reminders.remind(18, monday.replace(hour=18) + timedelta(days=1))
    assert OutgoingMail.objects.count() == 1
    reminding.never(by=By(world.student))
    assert not Reminder.objects.exists()


def test_the_work_of_an_hour_waits_for_it(world: World) -> None:
    from tussenstop.core.models import DayDone

    daily.tick(timezone.localtime(NOW).replace(hour=17, minute=59))
    done = set(DayDone.objects.values_list("name", flat=True))
    assert "reflection-17" in done
    assert "reflection-18" not in done
