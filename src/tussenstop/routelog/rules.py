"""What a word on the route can be. Pure facts."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

LONGEST = 1000
TAKE_BACK = timedelta(minutes=10)  # so long after writing it one can take it back
ON_DOOR = 5  # the last ones, behind a link

Key = TypeVar("Key")


def named_in(text: str, names: Iterable[tuple[Key, str]]) -> set[Key]:
    """Who is named with @ in a text, by first or whole name. A first name that two people have
    names neither."""
    names = list(names)
    firsts = [name.partition(" ")[0].casefold() for _key, name in names]
    found = set()
    for (key, name), first in zip(names, firsts, strict=True):
        ways = [name.casefold()] + ([first] if firsts.count(first) == 1 else [])
        if any(re.search(rf"@{re.escape(way)}\b", text.casefold()) for way in ways):
            found.add(key)
    return found
