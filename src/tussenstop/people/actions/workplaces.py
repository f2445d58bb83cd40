"""Workplaces: where they are, when they are open, what it is like there, and photos of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from functools import partial
from itertools import pairwise
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.core import audit, files
from tussenstop.core.errors import DomainError
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import claim, hold, make_once, once
from tussenstop.people.models import OpeningHours, Organisation, Workplace, WorkplacePhoto

WORKPLACE_TAKEN = _("This organisation has a workplace with this name already.")
MOST_PHOTOS = 12


class BadHours(DomainError):
    """These opening hours can't be."""


class TooManyPhotos(DomainError):
    """A workplace shows a handful of photos, not an album."""


@dataclass(frozen=True, slots=True)
class About:
    """How a workplace is described."""

    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    about: str = ""
    culture_types: tuple[str, ...] = ()
    own_culture_types: tuple[str, ...] = ()
    culture_story: str = ""
    at_once: int | None = None

    def columns(self) -> dict[str, object]:
        known = pack().cultures
        return asdict(self) | {
            "culture_types": [key for key in self.culture_types if key in known],
            "own_culture_types": list(dict.fromkeys(self.own_culture_types)),
        }


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """One stretch of a weekday (1 is Monday) in which a workplace is open."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def add_workplace(
    *,
    by: By,
    organisation: Organisation,
    about: About,
    now: datetime,
    hours: Iterable[Stretch] = (),
    key: UUID | None = None,
) -> Workplace:
    """Add a workplace to an organisation; twice the same form makes one."""
    workplace, made = make_once(
        organisation.workplaces, key, taken=WORKPLACE_TAKEN, created_at=now, **about.columns()
    )
    if not made:
        return workplace
    _write_hours(workplace, hours)
    _tell("workplace.added", by, workplace, now)
    return workplace


@transaction.atomic
def edit_workplace(*, by: By, workplace: Workplace, seen: int, about: About, now: datetime) -> None:
    """Describe a workplace. `seen` is the version this person had before them."""
    with once(WORKPLACE_TAKEN, field="name"):
        written = claim(workplace, seen=seen, **about.columns())
    if written:
        _tell("workplace.edited", by, workplace, now)


@transaction.atomic
def set_hours(
    *, by: By, workplace: Workplace, seen: int, hours: Iterable[Stretch], now: datetime
) -> None:
    """Say when the workplace is open: these stretches, and no others."""
    stretches = sorted(hours)
    there = workplace.opening_hours.order_by("weekday", "opens")
    if stretches == [Stretch(s.weekday, s.opens, s.closes) for s in there]:
        return
    claim(workplace, seen=seen)
    workplace.opening_hours.all().delete()
    _write_hours(workplace, stretches)
    _tell("workplace.hours", by, workplace, now)


def _write_hours(workplace: Workplace, hours: Iterable[Stretch]) -> None:
    stretches = sorted(hours)
    if wrong := next((s for s in stretches if s.closes <= s.opens), None):
        raise BadHours(_("The end comes before the beginning."), field=f"closes{wrong.weekday}_1")
    for one, following in pairwise(stretches):
        if one.weekday == following.weekday and following.opens < one.closes:
            raise BadHours(_("The two stretches overlap."), field=f"opens{one.weekday}_2")
    OpeningHours.objects.bulk_create(
        OpeningHours(workplace=workplace, weekday=s.weekday, opens=s.opens, closes=s.closes)
        for s in stretches
    )


@transaction.atomic
def close_workplace(*, by: By, workplace: Workplace, now: datetime) -> None:
    """Take no new students; who is there stays."""
    if Workplace.objects.filter(pk=workplace.pk, closed_at=None).update(closed_at=now):
        _tell("workplace.closed", by, workplace, now)


@transaction.atomic
def reopen_workplace(*, by: By, workplace: Workplace, now: datetime) -> None:
    """Take students again."""
    closed = Workplace.objects.filter(pk=workplace.pk, closed_at__isnull=False)
    if closed.update(closed_at=None):
        _tell("workplace.reopened", by, workplace, now)


@transaction.atomic
def add_photo(
    *,
    by: By,
    workplace: Workplace,
    file: IO[bytes],
    name: str,
    caption: str,
    now: datetime,
    key: UUID | None = None,
) -> WorkplacePhoto:
    """Show a photo of the workplace, with what it shows in words; twice the same form adds one."""
    hold(workplace)
    if key and (already := workplace.photos.filter(pk=key).first()):
        return already
    if workplace.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(
            _("There are %(count)s photos already. Remove one first.") % {"count": MOST_PHOTOS},
            field="file",
        )
    last = workplace.photos.aggregate(last=Max("position"))["last"]
    photo = WorkplacePhoto.objects.create(
        pk=key or uuid7(),
        workplace=workplace,
        file=files.keep(file, name=name, by=by.person.pk, now=now, kinds=frozenset({"photo"})),
        caption=caption,
        position=0 if last is None else last + 1,
    )
    _tell("photo.added", by, workplace, now, caption=caption)
    return photo


@transaction.atomic
def remove_photo(*, by: By, photo: WorkplacePhoto, now: datetime) -> None:
    """Take a photo away, file and all."""
    removed, _details = WorkplacePhoto.objects.filter(pk=photo.pk).delete()
    if removed:
        content = photo.file.content
        photo.file.delete()
        transaction.on_commit(partial(content.storage.delete, str(content.name)))
        _tell("photo.removed", by, photo.workplace, now, caption=photo.caption)


def _tell(code: str, by: By, workplace: Workplace, now: datetime, caption: str = "") -> None:
    audit.record(
        code,
        actor=by.actor,
        now=now,
        subject_id=workplace.pk,
        name=workplace.name,
        caption=caption,
    )
