"""What the tests of messages share: a letter to somebody, and the calm defaults."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from tussenstop.core import letters
from tussenstop.people.models import Person

# A Wednesday and a Friday, in winter: one hour behind the clock on the wall.
NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 20, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 20, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: moment)


def be_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds outside of tests."""
    monkeypatch.setattr(settings, "LETTERS", "calm")


def _write(person: Person, template: str, **more: Any) -> None:
    letters.send(
        to=person.email,
        language=person.language,
        template=template,
        context={
            "name": person.first_name,
            "student": "Sara Student",
            "title": "Startafspraak",
            "number": 1,
            "who": "Tine Docent",
            "why": "",
            "action_url": letters.address("today"),
            **more,
        },
    )


def asks(person: Person) -> None:
    """A letter that waits for an answer."""
    _write(person, "agreements/proposed")


def tells(person: Person, title: str = "Startafspraak") -> None:
    """A letter that only tells something."""
    _write(person, "agreements/sealed", title=title)


def invites(person: Person) -> None:
    """A letter that always comes at once."""
    _write(
        person,
        "routes/asked",
        inviter="Tine Docent",
        programme="Zorg",
        role="mentor",
        is_student=False,
    )
