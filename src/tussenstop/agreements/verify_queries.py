"""Checking a PDF or a digest, for anyone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from tussenstop.agreements.models import (
    Seal,
)
from tussenstop.agreements.rules import (
    digest,
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody may know of a sealed agreement whose digest or PDF they hold."""

    digest: str
    title: str
    sealed_at: datetime
    parties: list[str]
    succeeded: bool


def _verification(seal: Seal | None) -> Verification | None:
    if seal is None or digest(seal.content) != seal.digest:
        return None
    succeeded = Seal.objects.filter(revision__agreement__succeeds=seal.revision.agreement_id)
    return Verification(
        digest=seal.digest,
        title=seal.content["title"],
        sealed_at=seal.sealed_at,
        parties=[party["name"] for party in seal.content["parties"]],
        succeeded=succeeded.exists(),
    )


def verify_digest(text: str) -> Verification | None:
    """The sealed agreement of a digest (spaces and capitals don't matter), or None."""
    wanted = "".join(text.split()).lower()
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(digest=wanted).first())


def verify_pdf(content: bytes) -> Verification | None:
    """The sealed agreement whose PDF has exactly these bytes, or None."""
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(pdf_sha256=hashlib.sha256(content).hexdigest()).first())
