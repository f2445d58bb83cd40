"""A file as a table, by what it is and not by what it is called."""

from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from tussenstop.imports import csv_files, excel_files
from tussenstop.imports.tables import BadTable, Table

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel of before 2007, and workbooks with a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html")


def read_table(file: IO[bytes]) -> Table:
    """The table in an upload. Raises BadTable, with what one can do about it."""
    content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise BadTable(_("This file is larger than %(limit)s MB.") % {"limit": limit})
    if not content.strip():
        raise BadTable(_("This file is empty."))
    if content.startswith(ZIP):
        return excel_files.read(content)
    if content.startswith(OLE):
        if LOCKED in content:
            raise BadTable(
                _("This file has a password. Save it without a password, and try again.")
            )
        raise BadTable(
            _("This is an old Excel file (.xls). Open it and save it as Excel workbook (.xlsx).")
        )
    if content.startswith(NO_TABLES):
        raise BadTable(_("This is not an Excel file (.xlsx) or a CSV file."))
    return csv_files.read(content)
