"""Excel: the first sheet that has something, as text."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tussenstop.imports.tables import BadTable, Table, table_of

MOST_BYTES = 40 * 1024 * 1024  # of a workbook once it is unpacked
MERGED_SHOWN = 3

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')

# What a workbook that is broken, or made to break a reader, makes a reader raise.
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)


def _is_broken() -> BadTable:
    return BadTable(
        _("We can't open this Excel file: it looks damaged. Open it in Excel and save it anew.")
    )


def as_text(value: Any) -> str:
    """The value of a cell in one steady form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _check_archive(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise BadTable(_("This is not an Excel file (.xlsx) or a CSV file."))
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
        raise BadTable(
            _("This Excel file holds far too much. Copy only the rows that matter to a new file.")
        )


def _check_merged(sheet: bytes) -> None:
    """Under a merged cell nobody knows which row it is about."""
    ranges = [found.decode() for found in _MERGED.findall(sheet)]
    if not ranges:
        return
    shown = ", ".join(ranges[:MERGED_SHOWN]) + ("…" if len(ranges) > MERGED_SHOWN else "")
    raise BadTable(
        _(
            "The cells %(cells)s are merged, so we can't tell to which row they belong. Unmerge "
            "them, fill in every row, and try again."
        )
        % {"cells": shown}
    )


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        yield [as_text(value) for value in row]


def _read(content: bytes) -> Table:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        _check_archive(archive)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # What the file says of its size may be wrong, or meant to keep a reader busy.
            sheet.reset_dimensions()
            if any(any(row) for row in _rows(sheet)):
                _check_merged(archive.read(sheet._worksheet_path.lstrip("/")))  # type: ignore[attr-defined]
                return table_of(_rows(sheet))
    raise BadTable(_("This file is empty."))


def read(content: bytes) -> Table:
    """The table in an Excel file. Raises BadTable."""
    try:
        with warnings.catch_warnings():  # about styles and lists that are not of interest here
            warnings.simplefilter("ignore")
            return _read(content)
    except BadTable:
        raise
    except BROKEN as error:
        raise _is_broken() from error
