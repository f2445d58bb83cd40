"""CSV, in the letters and with the separator that it happens to have."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from tussenstop.imports.tables import BadTable, Table, table_of

SEPARATORS = ";,\t"
LOOKED_AT = 50  # rows that tell which separator it is

# Letters that went through the wrong alphabet: UTF-8 read as Windows-1252 and written again, or
# the alphabets of DOS and old Macs read as Windows-1252.
_TWICE = re.compile("Ã[\u0080-\u00bf]|â‚¬|â€[™œ\u009d]")
_FOREIGN = re.compile("[a-z][‚ƒ„†‡ˆ‰‹ŠŽŒ]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")

_EXCEL_SAYS = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)


def _wrong_letters() -> BadTable:
    return BadTable(
        _(
            "We can't read the letters in this file well. Save it as Excel (.xlsx), or as "
            "“CSV UTF-8”, and try again."
        )
    )


def text_of(content: bytes) -> str:
    """The text, in the alphabet in which it was written. Raises BadTable."""
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise _wrong_letters() from error
        if _FOREIGN.search(text):
            raise _wrong_letters() from None
    if "\ufffd" in text or _CONTROL.search(text) or _TWICE.search(text):
        raise _wrong_letters()
    return text


def _separator(text: str) -> str:
    """The separator that gives the most columns in the most rows alike."""

    def columns(separator: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        try:
            widths = Counter(len(row) for row in islice(reader, LOOKED_AT) if any(row))
        except csv.Error:
            return (0, 0)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        return (rows if width > 1 else 0, width)

    return max(SEPARATORS, key=columns)


def read(content: bytes) -> Table:
    """The table in a CSV file. Raises BadTable."""
    text = text_of(content)
    if not text.strip(f'{SEPARATORS}" \r\n'):
        raise BadTable(_("This file is empty."))
    said = _EXCEL_SAYS.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _separator(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return table_of(reader)
    except csv.Error as error:
        raise BadTable(
            _(
                "We lose the thread near line %(line)s: look at the quotation marks there, or save "
                "the file as Excel (.xlsx)."
            )
            % {"line": reader.line_num}
        ) from error
