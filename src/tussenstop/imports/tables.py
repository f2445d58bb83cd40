"""Reading a table from a file, whatever made it: CSV in the letters and with the separator that
Belgian spreadsheets write, or Excel. Nothing of a file that can't be read is kept."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from tussenstop.core.errors import DomainError
from tussenstop.core.sheets import as_written
from tussenstop.imports.rules import MOST_COLUMNS, MOST_ROWS


class BadTable(DomainError):
    """The file can't be read, and this is why."""

    def __init__(self, text: str) -> None:
        super().__init__(text, field="file")


class TooLong(BadTable):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("This file has more than %(count)s rows. Divide it over several files.")
            % {"count": number_format(most, force_grouping=True)}
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows that are all as wide."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def tidy(text: str) -> str:
    """A value as people mean it: composed letters, plain spaces, nothing unprintable."""
    text = as_written(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isprintable():
        return text.strip()
    kept = (
        char if char == "\n" else " " if char in "\t\u00a0\u202f" else char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"}
    )
    return "".join(kept).strip()


def named(number: int) -> str:
    """A column by its letter, as a spreadsheet shows it; the first is 0."""
    return get_column_letter(number + 1)


def _filled(rows: Iterable[Sequence[str]], *, first: int) -> Iterator[Row]:
    """The rows in which something stands, tidied, with their number."""
    for number, row in enumerate(rows, start=first):
        cells = [tidy(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise BadTable(
                _("This file has more than %(count)s columns. Keep only the ones that matter.")
                % {"count": MOST_COLUMNS}
            )
        if cells:
            yield Row(number, tuple(cells))


def _header(cells: Sequence[str]) -> list[str]:
    names = [" ".join(cell.split())[:120] for cell in cells]
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        if name and name.casefold() in seen:
            raise BadTable(
                _("Two columns are called “%(name)s”: %(one)s and %(other)s. Rename one.")
                % {"name": name, "one": named(seen[name.casefold()]), "other": named(place)}
            )
        seen[name.casefold()] = place
    return names


def table_of(rows: Iterable[Sequence[str]], *, first: int = 1) -> Table:
    """The table that these rows are. Raises BadTable when they are none."""
    filled = _filled(rows, first=first)
    top = next(filled, None)
    if top is None:
        raise BadTable(_("This file is empty."))
    header = _header(top.cells)
    body: list[Row] = []
    for row in filled:
        for place, value in enumerate(row.cells):
            if value and (place >= len(header) or not header[place]):
                raise BadTable(
                    _(
                        "Column %(column)s has no name in its first row, and something stands in "
                        "row %(row)s. Give the column a name, or empty it."
                    )
                    % {"column": named(place), "row": row.number}
                )
        body.append(row)
        if len(body) > MOST_ROWS:
            raise TooLong(MOST_ROWS)
    if not body:
        raise BadTable(
            _("This file has one row with the names of the columns, and no row beneath it.")
        )
    kept = [place for place, name in enumerate(header) if name]
    return Table(
        tuple(header[place] for place in kept),
        tuple(
            Row(row.number, tuple(row.cells[p] if p < len(row.cells) else "" for p in kept))
            for row in body
        ),
    )
