"""Kinds and states of an agreement. A joint decision is derived from votes, never stored."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


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
