"""Uploads are what their content says they are."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import override_settings
from PIL import Image

from tests.worlds import NOW
from tussenstop.core.files import PDF, WEBP, BadFile, keep
from tussenstop.core.models import StoredFile

pytestmark = pytest.mark.django_db
BOTH = frozenset({"pdf", "photo"})


def a_photo(**options: object) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG", **options)
    file.seek(0)
    return file


def kept(file: BytesIO, *, name: str = "foto.jpg", kinds: frozenset[str] = BOTH) -> StoredFile:
    return keep(file, name=name, by=uuid4(), now=NOW, kinds=kinds)


def test_a_photo_is_made_anew_without_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x010E] = "thuis bij oma"
    stored = kept(a_photo(exif=exif))
    assert stored.content_type == WEBP
    with stored.content.open() as content:
        assert b"thuis bij oma" not in content.read()


def test_a_name_never_becomes_a_path() -> None:
    stored = kept(a_photo(), name="..\\..\\etc/passwd")
    assert stored.name == "passwd"
    assert "passwd" not in stored.content.name


@pytest.mark.parametrize("content", [b"<html><script>", b"MZ\x90", b"", b"\x89PNG\r\n\x1a\nhalf"])
def test_what_is_neither_a_photo_nor_a_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        kept(BytesIO(content), name="foto.jpg")


def test_a_pdf_is_refused_where_only_photos_belong() -> None:
    assert kept(BytesIO(b"%PDF-1.7 ..."), name="scan.pdf").content_type == PDF
    with pytest.raises(BadFile):
        kept(BytesIO(b"%PDF-1.7 ..."), kinds=frozenset({"photo"}))


@override_settings(UPLOAD_MAX_BYTES=1024 * 1024)
def test_a_file_that_is_too_large_is_refused_before_it_is_kept() -> None:
    with pytest.raises(BadFile, match="1 MB"):
        kept(BytesIO(b"%PDF-" + b"x" * 1024 * 1024))
    assert not StoredFile.objects.exists()
