"""Letters that come back: reads the report of a mail server, and marks the letter it is about.

A report is a mail of a fixed form (RFC 3464). What it says of the address it is about is not
trusted: only the signed name of the letter is, in the address to which the report came or in the
letter that it gives back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce

from tussenstop.core import mail_addresses, mail_tokens
from tussenstop.core.models import OutgoingMail

MOST_WORDS = 300
ADDRESSED_BY = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "In-Reply-To", "References")
NAMED_BY = ("Message-ID", "X-Original-Message-ID")
# What says nothing of the address: too large, a system that is full, a protocol, a policy.
NOT_THE_ADDRESS = ("5.2.3", "5.3.", "5.5.", "5.6.", "5.7.")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


class Outcome(StrEnum):
    """What became of a mail that came in."""

    RETURNED = "returned"  # a letter came back
    NOTHING = "nothing"  # a delay, an absence, a letter that is long gone: nothing to do
    UNKNOWN = "unknown"  # no report about a letter of ours


@dataclass(frozen=True, slots=True)
class Report:
    """A letter that could not be delivered, in the server's own words."""

    status: str
    words: str

    @property
    def is_the_address(self) -> bool:
        return self.status.startswith("5.") and not self.status.startswith(NOT_THE_ADDRESS)


def take(raw: bytes, *, to: str, now: datetime) -> Outcome:
    """A mail that came to the address for returned letters; `to` is that address, where the mail
    server tells it."""
    message = message_from_bytes(raw)
    report = report_in(message)
    if report is None:
        return Outcome.NOTHING if _by_itself(message) else Outcome.UNKNOWN
    letter = next(_letters_in(message, to), None)
    if letter is None:
        return Outcome.UNKNOWN
    return Outcome.RETURNED if _mark(letter, report, now) else Outcome.NOTHING


def _letters_in(message: Message, to: str) -> Iterator[UUID]:
    """The letters of ours that a mail names."""
    texts = [to, *(str(one) for name in ADDRESSED_BY for one in message.get_all(name, []))]
    for part in message.walk():
        given_back = (
            message_from_string(str(part.get_payload()))
            if part.get_content_type() == "text/rfc822-headers"
            else part
        )
        if part is not message:
            texts += [str(one) for name in NAMED_BY for one in given_back.get_all(name, [])]
    for text in texts:
        yield from mail_tokens.found_in(text)


def _by_itself(message: Message) -> bool:
    """Whether a machine wrote this: an absence, or a report on something else."""
    said = str(message.get("Auto-Submitted", "no")).strip().lower()
    return not said.startswith("no") or message.get_content_type() == "multipart/report"


def report_in(message: Message) -> Report | None:
    """That a letter could not be delivered; None for anything else, also for a delay."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for recipient in part.get_payload():
                if isinstance(recipient, Message) and _word(recipient, "Action") == "failed":
                    return Report(_status_of(recipient), _words_of(recipient))
    return None


def _word(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _status_of(block: Message) -> str:
    for name in ("Status", "Diagnostic-Code"):
        if found := _STATUS.search(str(block.get(name, ""))):
            return found[1]
    return ""


def _words_of(block: Message) -> str:
    """The sentence of the server, on one line; else the code."""
    _kind, found, words = str(block.get("Diagnostic-Code", "")).partition(";")
    line = " ".join((words if found else "").split())
    printable = "".join(one for one in line if one.isprintable())
    return printable[:MOST_WORDS] or _status_of(block)


@transaction.atomic
def _mark(letter: UUID, report: Report, now: datetime) -> bool:
    """Whether the letter is still known, and was not back yet."""
    rows = OutgoingMail.objects.filter(pk=letter)
    marked = rows.filter(returned_at=None, attempts__gt=0).update(
        returned_at=now,
        sent_at=Coalesce("sent_at", Value(now), output_field=DateTimeField()),
        failed_at=None,
        sending_at=None,
        error=report.words,
    )
    if marked and report.is_the_address:
        address = rows.values_list("to", flat=True).get()
        mail_addresses.came_back(address, report.words, now)
    return bool(marked)
