"""Tables as files that a spreadsheet opens: CSV as Belgian Excel likes it, and Excel itself."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = object

# A spreadsheet takes what begins like this for a formula, also when a person wrote it in a form.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60

# What no spreadsheet holds, and what may not stand in the name of a sheet.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def harmless(value: Cell) -> Cell:
    """The value as text or number that no spreadsheet takes for a formula."""
    if isinstance(value, (int, float)):
        return value
    text = "" if value is None else _UNPRINTABLE.sub("", str(value))
    return f"'{text}" if text.startswith(FORMULA) else text


def as_written(text: str) -> str:
    """The value as it was before `harmless`, for who reads a file that we wrote."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file: semicolons, UTF-8 with the mark by which Excel knows it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """An Excel file with one sheet, its header in bold and kept in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_A_TITLE.sub(" ", title)[:31])
    sheet.freeze_panes = "A2"
    kept = [[harmless(value) for value in row] for row in rows]
    for n, name in enumerate(header):
        longest = max((len(str(row[n])) for row in kept), default=0)
        width = min(max(longest, len(name)) + 2, WIDEST)
        sheet.column_dimensions[get_column_letter(n + 1)].width = width
    cells = []
    for name in header:
        cell = WriteOnlyCell(sheet, value=str(harmless(name)))
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
    for row in kept:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
