"""Uploads: known by their content, limited in size, kept under an id of ours."""

import hashlib
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tussenstop.core.errors import DomainError
from tussenstop.core.models import StoredFile

PDF = "application/pdf"
WEBP = "image/webp"
IMAGES = {"JPEG", "PNG", "WEBP"}
PHOTO_SIDE = 1600  # pixels: enough for a page on a large screen


class BadFile(DomainError):
    """The file is not of a kind we keep, or too large."""


def _read(file: IO[bytes]) -> bytes:
    content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise BadFile(_("This file is larger than %(limit)s MB.") % {"limit": limit}, field="file")
    return content


def _photo(content: bytes) -> bytes | None:
    """The picture made anew (upright, without what the camera wrote in it), or None."""
    try:
        with Image.open(BytesIO(content), formats=list(IMAGES)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    result = BytesIO()
    upright.save(result, "WEBP", quality=82)
    return result.getvalue()


def _voice(content: bytes) -> str | None:
    """Which kind of sound this is by its first bytes, or None."""
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if content[4:8] == b"ftyp":
        return "audio/mp4"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav"
    if content.startswith(b"ID3") or content[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "audio/mpeg"
    if content[:2] in {b"\xff\xf1", b"\xff\xf9"}:
        return "audio/aac"
    return None


def keep(
    file: IO[bytes], *, name: str, by: UUID, now: datetime, kinds: frozenset[str]
) -> StoredFile:
    """Keep an upload. `kinds` holds one or more of "photo", "pdf" and "voice". Raises BadFile."""
    content = _read(file)
    if "pdf" in kinds and content.startswith(b"%PDF-"):
        content_type = PDF
    elif "voice" in kinds and (sound := _voice(content)):
        content_type = sound
    elif "photo" in kinds and (photo := _photo(content)):
        content, content_type = photo, WEBP
    else:
        wanted = {
            "pdf": "PDF",
            "photo": _("a photo (JPEG, PNG or WebP)"),
            "voice": _("a sound file (MP3, M4A, OGG, WebM or WAV)"),
        }
        kinds_text = _(" or ").join(wanted[kind] for kind in sorted(kinds))
        raise BadFile(
            _("We can't read this file. Choose %(kinds)s.") % {"kinds": kinds_text}, field="file"
        )
    stored = StoredFile(
        name=PurePath(name.replace("\\", "/")).name[:200],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    stored.content.save("file", ContentFile(content), save=False)
    stored.save(force_insert=True)
    return stored
