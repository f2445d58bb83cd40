"""The line on Today, which only the person sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tussenstop.wellbeing.coach_queries import waiting_count
from tussenstop.wellbeing.queries import has_something, own_line
from tussenstop.wellbeing.who import may_check_in


@dataclass(frozen=True, slots=True)
class TodayLine:
    """`own`: about oneself; `waiting`: how many questions wait on a coach's desk."""

    own: Any
    waiting: int | None


def line_for(person: Any, now: datetime) -> TodayLine | None:
    own, waiting = own_line(person=person, now=now), waiting_count(coach=person, now=now)
    return TodayLine(own, waiting) if own or waiting is not None else None


def has_own_page(person: Any, now: datetime) -> bool:
    """Whether the account leads to a page about how one is doing."""
    return may_check_in(person, now=now) or has_something(person)
