"""Finding what somebody names, and guessing what they meant when there is no such thing."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")

NEAR = 0.6
# Names among which one guesses, and wrong names for which one does: more would keep somebody
# waiting, and when so much is wrong a guess at each is no help.
MOST_COMPARED, MOST_SOUGHT = 5000, 100


def plain(text: str) -> str:
    """A name without what people write differently: capitals, accents, dashes, spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", bare))


def folded(text: str) -> str:
    """A name as one compares it: "Zorg  Aalst" is "zorg aalst"."""
    return " ".join(text.casefold().split())


class Guesses:
    """Near names, each sought once: a file says the same wrong name on many rows."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {plain(name): name for name in list(names)[:MOST_COMPARED]}
        self._found: dict[str, str] = {}

    def near(self, text: str) -> str:
        """The name that somebody may have meant, or nothing."""
        word = plain(text)
        if word not in self._found:
            if len(self._found) >= MOST_SOUGHT:
                return ""
            near = get_close_matches(word, self._names, n=1, cutoff=NEAR)
            self._found[word] = self._names[near[0]] if near else ""
        return self._found[word]

    def meant(self, text: str) -> str:
        """ " Did you mean …?", with a space before it, or nothing."""
        near = self.near(text)
        return " " + _("Did you mean “%(name)s”?") % {"name": near} if near else ""


_DIVIDERS = re.compile(r"[,;/\n]")


def several(text: str, known: Mapping[str, T]) -> tuple[list[T], str]:
    """What is named in a list divided by commas or slashes, also when a name holds one itself;
    and the first name that is not known, or nothing."""
    marks = [found.span() for found in _DIVIDERS.finditer(text)]
    starts = [0, *(end for _start, end in marks)]
    ends = [*(start for start, _end in marks), len(text)]
    found: list[T] = []
    here = 0
    while here < len(starts):
        if not text[starts[here] : ends[here]].strip():
            here += 1
            continue
        for last in range(len(ends) - 1, here - 1, -1):
            one = known.get(folded(text[starts[here] : ends[last]]))
            if one is not None:
                found.append(one)
                here = last + 1
                break
        else:
            return [], text[starts[here] : ends[here]].strip()
    return found, ""
