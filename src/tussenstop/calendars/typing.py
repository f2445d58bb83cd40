"""A week as one types it: "9-12:30 13-17" for a day, "22-6" for a night."""

import re
from datetime import time

HOUR = r"(\d{1,2})(?:[:.,hu](\d{2})|[hu])?"
STRETCH = re.compile(rf"{HOUR}\s*(?:-|–|—|tot|until|to)\s*{HOUR}", re.I)
BETWEEN = re.compile(r"^[\s,;+&]*(?:en|and)?[\s,;+&]*", re.I)
MOST = 4  # stretches on a day

Stretch = tuple[time, time]


def stretches(text: str) -> list[Stretch]:
    """What somebody typed for one day. Raises ValueError for what can't be understood."""
    found: list[Stretch] = []
    rest = text.strip()
    while rest:
        match = STRETCH.match(rest)
        if match is None or len(found) == MOST:
            raise ValueError(text)
        begin_hour, begin_minute, end_hour, end_minute = match.groups()
        begin, end = _time(begin_hour, begin_minute), _time(end_hour, end_minute)
        if begin == end:
            raise ValueError(text)
        found.append((begin, end))
        rest = BETWEEN.sub("", rest[match.end() :])
    return found


def _time(hour: str, minute: str | None) -> time:
    """Raises ValueError; 24 is midnight."""
    return time(0 if hour == "24" and not int(minute or 0) else int(hour), int(minute or 0))
