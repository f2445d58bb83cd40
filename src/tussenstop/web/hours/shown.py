"""Hours in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tussenstop.core.errors import NotFound
from tussenstop.hours.queries import Figures


def in_words(minutes: int) -> str:
    """7 h 30, as people say it."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}
    return _("%(hours)s h") % {"hours": hours}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar: its kind, words, and where it stands (of 100)."""

    kind: str
    name: str
    hours: str
    x: float
    width: float


def bar_of(figures: Figures) -> list[Part]:
    """Confirmed, done but not confirmed, planned, missing: together the target or more."""
    pieces = [
        ("confirmed", _("confirmed"), figures.confirmed),
        ("done", _("not confirmed yet"), figures.done - figures.confirmed),
        ("planned", _("planned"), figures.planned),
        ("missing", _("not planned yet"), figures.missing),
    ]
    total = max(sum(minutes for _kind, _name, minutes in pieces), 1)
    parts, x = [], 0.0
    for kind, name, minutes in pieces:
        width = 100 * minutes / total
        parts.append(Part(kind, name, in_words(minutes), round(x, 2), round(width, 2)))
        x += width
    return parts


def seen_of(entries: Iterable[Any]) -> str:
    """Which hours were on the screen, and in which version."""
    return " ".join(f"{entry.pk}:{entry.version}" for entry in entries)


def read_seen(text: str) -> list[tuple[UUID, int]]:
    """The other way around. Raises NotFound for what we never wrote."""
    try:
        pairs = [one.partition(":") for one in text.split()[:500]]
        return [(UUID(pk), int(version)) for pk, _colon, version in pairs]
    except ValueError as error:
        raise NotFound from error
