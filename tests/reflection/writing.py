"""Journals, loops and pages in the world of a test."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.actions import files, looping, pairing, sharing, writing
from tussenstop.reflection.actions.writing import Pen, Wrote
from tussenstop.reflection.models import Entry, EntryFile, Loop, Share, TwoPage

CANARY = "kanarie-in-het-dagboek"
SITUATION, ACTION = "starr.situation", "starr.action"


def writes(
    world: World,
    *,
    person: Person | None = None,
    entry_id: UUID | None = None,
    seen: int = 0,
    pen: Pen | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> Entry:
    wrote = {"texts": {"free": CANARY}, "route": world.route, **changes}
    entry = writing.write(
        by=By(person or world.student),
        entry_id=entry_id or uuid7(),
        wrote=Wrote(**wrote),
        seen=seen,
        pen=pen or Pen(uuid7()),
        now=now,
    )
    assert entry
    return entry


def writes_starr(world: World, **changes: Any) -> Entry:
    texts = {SITUATION: "Aan het onthaal stond een rij", ACTION: CANARY}
    return writes(world, texts=texts, form="starr", **changes)


def shares(world: World, entry: Entry, person: Person, *keys: str) -> None:
    """What others read stays."""
    fresh = Entry.objects.get(pk=entry.pk)
    chosen: dict[UUID, set[str]] = {}
    for share in Share.objects.filter(entry=entry).exclude(reader=person):
        chosen.setdefault(share.reader_id, set()).add(share.key)
    sharing.choose(
        by=By(world.student),
        entry=fresh,
        route=world.route,
        chosen={**chosen, person.pk: set(keys)},
        seen=fresh.sharing_version,
        now=NOW,
    )


def a_photo() -> BytesIO:
    file = BytesIO()
    image = Image.new("RGB", (60, 40), "teal")
    exif = image.getexif()
    exif[0x010E] = "thuis genomen"
    image.save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def a_voice() -> BytesIO:
    return BytesIO(b"OggS" + bytes(range(256)) * 4)


def keeps(world: World, entry: Entry, file: BytesIO, name: str = "foto.jpg") -> EntryFile:
    return files.add(
        by=By(world.student), entry=entry, key=uuid7(), file=file, name=name, caption="", now=NOW
    )


def begins_loop(world: World, coach: Person | None = None) -> Loop:
    loop = looping.begin(
        by=By(world.student),
        route=world.fresh(),
        key=uuid7(),
        about="Voor het eerst alleen",
        mentor=world.mentor,
        coach=coach or world.coach,
        now=NOW,
    )
    return fresh_loop(loop)


def fresh_loop(loop: Loop) -> Loop:
    return Loop.objects.select_related("route__student", "mentor", "coach").get(pk=loop.pk)


def hands_on(loop: Loop, person: Person, step: str, text: str = CANARY, **changes: Any) -> None:
    looping.write_step(
        by=By(person),
        loop=fresh_loop(loop),
        step=step,
        text=text,
        seen=changes.get("seen", 0),
        hand_on=changes.get("hand_on", True),
        now=NOW,
    )


def invites(world: World, by: Person | None = None) -> TwoPage:
    page = pairing.invite(
        by=By(by or world.student),
        route=world.fresh(),
        key=uuid7(),
        mentor=world.mentor,
        about="De drukke dagen",
        now=NOW,
    )
    return TwoPage.objects.select_related("route__student", "mentor", "invited_by").get(pk=page.pk)


def agrees(world: World, page: TwoPage, *, yes: bool = True) -> TwoPage:
    by = world.mentor if page.invited_by_id == world.student.pk else world.student
    pairing.answer(by=By(by), page=page, yes=yes, now=NOW)
    return TwoPage.objects.select_related("route__student", "mentor", "invited_by").get(pk=page.pk)
