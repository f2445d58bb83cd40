"""Kinds and states of an agreement. A joint decision is derived from votes, never stored."""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import PARTNERS, RouteRole


class Kind(models.TextChoices):
    """What an agreement is about; what it changes once it holds is in effects.py."""

    START = "start", _("start agreement")
    STOPS = "stops", _("change of the stops")
    PERIOD = "period", _("change of the period or the hours")
    PAUSE = "pause", _("pause")
    RESUME = "resume", _("going on after the pause")
    CLOSING = "closing", _("closing")
    STOPPING = "stopping", _("stopping earlier")
    FREE = "free", _("another agreement")
    RHYTHM = "rhythm", _("rhythm of conversations")


# Kinds of which a later text takes the place of the earlier one. What a pause or a change of the
# stops did is done: the next change is a new agreement.
SUCCEEDABLE = frozenset({Kind.START, Kind.PERIOD, Kind.FREE, Kind.RHYTHM})

# The role of a party who is no partner on the route, such as a manager at the workplace.
SIGNATORY = "signatory"


class Status(models.TextChoices):
    """How an agreement stands; derived from its revisions and votes, in this order."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for answers")
    CONTESTED = "contested", _("a change was asked")
    DECLINED = "declined", _("declined")
    ACCEPTED = "accepted", _("agreed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUCCEEDED = "succeeded", _("succeeded by a newer one")


class Answer(models.TextChoices):
    YES = "yes", _("agrees")
    CHANGE = "change", _("asks for a change")
    NO = "no", _("does not agree")


# What a reader can't see, or what turns the order of letters around: it has no place in a text
# that people agree to. Joiners stay (emoji and several scripts need them).
_UNSEEN = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)]),
    **dict.fromkeys([*range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF]),
    0x0A: "\n",
    0x09: " ",
    0x2028: "\n",
    0x2029: "\n",
}


def plain(text: str) -> str:
    """A text as it is agreed to: one spelling of every letter, one kind of line end, nothing that
    can't be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).translate(_UNSEEN).strip()


def status_of(
    *,
    revision_number: int | None,
    sealed: bool,
    withdrawn: bool,
    succeeded: bool,
    answers: Iterable[str],
) -> Status:
    """The state of an agreement from the facts about its newest revision."""
    given = set(answers)
    if succeeded:
        return Status.SUCCEEDED
    if sealed:
        return Status.ACCEPTED
    if withdrawn:
        return Status.WITHDRAWN
    if revision_number is None:
        return Status.DRAFT
    if Answer.NO in given:
        return Status.DECLINED
    if Answer.CHANGE in given:
        return Status.CONTESTED
    return Status.PROPOSED


def may_write(owner: str, roles: Collection[RouteRole]) -> bool:
    """A part with an owner is written by that owner alone; the other parts by every partner."""
    return owner in roles if owner else any(role in roles for role in PARTNERS)


def holds(*, parties: Iterable[Any], agreed: Iterable[Any]) -> bool:
    """Whether every party named has said yes."""
    named = set(parties)
    return bool(named) and named <= set(agreed)


def canonical(data: Any) -> bytes:
    """One spelling of the same data: keys sorted, no spare spaces, UTF-8 (as in RFC 8785,
    for the strings and whole numbers that agreements are made of)."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: Any) -> str:
    """SHA-256 over the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()
