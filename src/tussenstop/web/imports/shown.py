"""What the pages of imports share: counts in words, and files to take along."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.core import sheets
from tussenstop.imports.rules import Change, ImportState, Kind

if TYPE_CHECKING:
    from tussenstop.imports.models import Import

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def counted(one: "Import") -> list[str]:
    """What a file brought, in words."""
    if one.state != ImportState.DONE:
        return []
    counts = one.counts
    new, changed = counts.get(Change.NEW, 0), counts.get(Change.CHANGED, 0)
    ready, same = counts.get(Change.READY, 0), counts.get(Change.SAME, 0)
    texts = []
    if new and one.kind == Kind.STUDENTS:
        texts.append(ngettext("%(n)s route begun", "%(n)s routes begun", new) % {"n": new})
    elif new:
        texts.append(ngettext("%(n)s place added", "%(n)s places added", new) % {"n": new})
    if opened := counts.get("opened", 0):
        texts.append(ngettext("%(n)s opened", "%(n)s opened", opened) % {"n": opened})
    if changed:
        texts.append(
            ngettext("%(n)s place described anew", "%(n)s places described anew", changed)
            % {"n": changed}
        )
    if ready:
        texts.append(
            ngettext("%(n)s favourite in its list", "%(n)s favourites in their lists", ready)
            % {"n": ready}
        )
    if same:
        texts.append(ngettext("%(n)s known already", "%(n)s known already", same) % {"n": same})
    return texts


def download(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, name: str, ending: str
) -> HttpResponse:
    """A table as a file."""
    content = (
        sheets.csv_bytes(header, rows) if ending == "csv" else sheets.xlsx_bytes(header, rows, name)
    )
    response = HttpResponse(content, content_type=TYPES[ending])
    file_name = f"{slugify(name) or _('rows')}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    return response
