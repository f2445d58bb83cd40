"""The PDF of a sealed agreement: made from what was sealed, and from nothing else."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tussenstop.agreements.evidence import day, grouped, means_in_words, role_in_words
from tussenstop.agreements.models import Seal
from tussenstop.agreements.rules import canonical
from tussenstop.core import pdf


def _local(moment: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(moment))


def _moment(moment: str) -> str:
    return date_format(_local(moment), "j F Y, H:i")


def _party(party: dict[str, Any]) -> dict[str, Any]:
    role = role_in_words(party["role"], party["capacity"])
    return {
        "name": party["name"],
        "role": party["role"],
        "as": role,
        "when": _moment(party["at"]),
        "day": day(_local(party["at"])),
        "how": means_in_words(party["means"], party["recorded_by"]),
        "scan": grouped(party["scan"]),
    }


def _field(field: dict[str, Any]) -> dict[str, Any]:
    columns = field.get("columns", [])
    value = field["value"]
    return {
        "label": field["label"],
        "columns": [column["label"] for column in columns],
        "rows": [[row.get(column["key"], "") for column in columns] for row in value]
        if columns
        else [],
        "text": "" if columns else value,
    }


def contents(seal: Seal) -> dict[str, Any]:
    """What the PDF shows, in the language of the agreement."""
    sealed = seal.content
    with translation.override(sealed["language"]):
        address = f"{settings.BASE_URL}/verify/{seal.digest}/"
        return {
            "language": sealed["language"],
            "title": sealed["title"],
            "name": settings.BASE_URL.partition("://")[2],
            "digest": seal.digest,
            "groups": grouped(seal.digest),
            "address": address,
            "canonical": canonical(sealed).decode(),
            "parties": [_party(party) for party in sealed["parties"]],
            "sections": [
                {
                    "title": section["title"],
                    "owner": section["owner"],
                    "fields": [_field(field) for field in section["fields"]],
                }
                for section in sealed["text"]["sections"]
            ],
            "words": {
                "agreed": _("Agreed by everybody on %(day)s")
                % {"day": day(_local(sealed["sealed_at"]))},
                "text": _("text %(number)s") % {"number": sealed["revision"]},
                "nothing": _("Nothing was written here."),
                "who": _("Who agreed, and how"),
                "asked": _(
                    "Everybody named below agreed to this exact text, put before them on %(day)s."
                )
                % {"day": _moment(sealed["proposed_at"])},
                "name": _("Name"),
                "as": _("As"),
                "when": _("When"),
                "how": _("How"),
                "scan": _("SHA-256 of the scanned page:"),
                "check": _("How to check this document"),
                "check_text": _(
                    "The digest below was taken over the text, the parties and their answers. "
                    "Open the address, or upload this file on the same page: it says whether this "
                    "is exactly what was agreed to, and whether a newer agreement took its place. "
                    "One changed character gives another digest."
                ),
                "digest": _("Digest (SHA-256)"),
                "attached": _(
                    "The same data is attached to this PDF as agreement.json; the SHA-256 of that "
                    "file is the digest."
                ),
                "page": _("page %(page)s of %(pages)s"),
            },
        }


def render(seal: Seal) -> bytes:
    """The bytes of the PDF; the same seal gives the same bytes."""
    return pdf.make("tussenstop.agreements", "sealed.typ", contents(seal), at=seal.sealed_at)
