"""Which column of a file holds what: a first guess by its name, and what is still missing."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.utils import translation

from tussenstop.imports.columns import Column, columns_of
from tussenstop.imports.naming import plain


def _words_of(column: Column) -> set[str]:
    words = {plain(word) for word in column.words}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.add(plain(str(column.label)))
    return words


def guess(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Which column of the file holds what: by its very name first, then by a word in it."""
    names = [plain(name) for name in header]
    known = {column.key: _words_of(column) for column in columns_of(kind)}
    found: dict[str, int] = {}
    free = set(range(len(names)))

    def take(key: str, places: Iterable[int]) -> None:
        place = next((p for p in places if p in free), None)
        if place is not None:
            found[key] = place
            free.discard(place)

    for key, words in known.items():
        take(key, (p for p, name in enumerate(names) if name in words))
    # The longest word first: "e-mail of the teacher" before "e-mail".
    looser = sorted(
        ((word, key) for key, words in known.items() for word in words if len(word) > 3),
        key=lambda pair: (-len(pair[0]), pair),
    )
    for word, key in looser:
        if key not in found:
            take(key, (p for p, name in enumerate(names) if f" {word} " in f" {name} "))
    # "Name" beside "First name" is the last name, as on many a list in Flanders.
    if "first_name" in found and "last_name" not in found and "name" in found:
        found["last_name"] = found.pop("name")
    return found


def missing(kind: str, mapping: Mapping[str, int]) -> list[Column]:
    """The columns that are needed and were not chosen."""
    return [
        column
        for column in columns_of(kind)
        if column.required
        and column.key not in mapping
        and not (column.or_else and all(key in mapping for key in column.or_else))
    ]
