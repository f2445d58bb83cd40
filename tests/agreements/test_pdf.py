"""The sealed document: the same bytes twice, what people wrote literally, and checkable."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.worlds import NOW, World, with_a_draft
from tussenstop.agreements import jobs, pdf, queries, verify_queries
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Seal
from tussenstop.agreements.rules import Answer, canonical, digest
from tussenstop.core.errors import NotFound
from tussenstop.people.acting import By

pytestmark = pytest.mark.django_db

HOSTILE = 'Zie #read("/etc/passwd") en $x^2$, @ref, *vet*, _schuin_, <label>, \\ `code` [haak] "quote" 🙂 👍'


def sealed(world: World, text: str = "Een week vooraf, aan Mo.") -> Seal:
    agreement = with_a_draft(world)
    drafts.save_section(
        by=By(world.student),
        agreement=agreement,
        key="practical",
        values={
            "swapping": text,
            "days_and_times": [
                {"day": "Maandag", "from_hour": "9 uur", "to_hour": "17 uur", "place": "Berk"},
                {"day": "", "from_hour": " ", "to_hour": "", "place": ""},
            ],
        },
        seen=0,
        now=NOW,
    )
    revision = proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)
    for person in (world.mentor, world.teacher):
        consent.answer(by=By(person, means="link"), revision=revision, answer=Answer.YES, now=NOW)
    return Seal.objects.get(revision=revision)


def text_of(content: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    return " ".join(" ".join(pages).split())


def test_the_same_seal_gives_the_same_bytes(world: World) -> None:
    seal = sealed(world)

    assert pdf.render(seal) == pdf.render(Seal.objects.get(pk=seal.pk))


def test_it_holds_the_text_the_evidence_and_the_digest(world: World) -> None:
    seal = sealed(world)

    text = text_of(pdf.render(seal))

    assert "Wat de student verwacht" in text
    assert "Wat Mo Mentor verwacht" in text
    assert "Maandag 9 uur 17 uur Berk" in text
    assert "Mo Mentor mentor 23 november 2026, 10:00" in text
    assert seal.digest in text.replace(" ", "")
    assert "/verify/" in text


def test_what_people_write_stands_there_as_they_wrote_it(world: World) -> None:
    text = text_of(pdf.render(sealed(world, HOSTILE)))

    assert HOSTILE in text
    assert "root:" not in text


def test_it_is_tagged_titled_and_in_the_language_of_the_agreement(world: World) -> None:
    reader = PdfReader(BytesIO(pdf.render(sealed(world))))

    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl-BE"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == Agreement.objects.get(placement=world.placement).title
    assert reader.metadata.author == "Sara Student, Mo Mentor, Tine Docent"


def test_anybody_can_recompute_the_digest_from_what_is_attached(world: World) -> None:
    seal = sealed(world)

    attached = PdfReader(BytesIO(pdf.render(seal))).attachments["agreement.json"][0]

    assert hashlib.sha256(attached).hexdigest() == seal.digest
    assert attached == canonical(seal.content)


def test_a_script_our_fonts_lack_still_gives_a_document(world: World) -> None:
    assert pdf.render(sealed(world, "漢字")).startswith(b"%PDF-")


def test_empty_rows_are_no_part_of_the_text(world: World) -> None:
    body = sealed(world).revision.body

    practical = next(s for s in body["sections"] if s["key"] == "practical")
    assert len(practical["fields"][0]["value"]) == 1


def test_it_is_made_once_and_kept(world: World) -> None:
    seal = sealed(world)

    jobs.make_pdf.call(str(seal.pk))
    kept = Seal.objects.get(pk=seal.pk)
    jobs.make_pdf.call(str(seal.pk))

    assert kept.pdf_sha256 == hashlib.sha256(bytes(kept.pdf)).hexdigest()
    assert bytes(Seal.objects.get(pk=seal.pk).pdf) == bytes(kept.pdf)


def test_only_exactly_these_bytes_verify(world: World) -> None:
    seal = sealed(world)
    jobs.make_pdf.call(str(seal.pk))
    content = bytes(Seal.objects.get(pk=seal.pk).pdf)

    found = verify_queries.verify_pdf(content)
    assert found is not None
    assert found.parties == ["Sara Student", "Mo Mentor", "Tine Docent"]
    for place in (0, len(content) // 2, len(content) - 1):
        flipped = bytearray(content)
        flipped[place] ^= 1
        assert verify_queries.verify_pdf(bytes(flipped)) is None


def test_a_digest_verifies_however_it_is_spaced(world: World) -> None:
    seal = sealed(world)
    spaced = " ".join(seal.digest[i : i + 8] for i in range(0, 64, 8)).upper()

    assert verify_queries.verify_digest(spaced) == verify_queries.verify_digest(seal.digest)
    assert verify_queries.verify_digest(seal.digest[:-1]) is None
    assert verify_queries.verify_digest("") is None


def test_a_changed_row_in_the_database_does_not_verify(world: World) -> None:
    seal = sealed(world)
    content = {**seal.content, "title": "Iets anders"}
    Seal.objects.filter(pk=seal.pk).update(content=content)

    assert digest(content) != seal.digest
    assert verify_queries.verify_digest(seal.digest) is None


def test_who_may_read_the_agreement_may_have_its_pdf(world: World) -> None:
    seal = sealed(world)
    agreement_id = seal.revision.agreement_id

    view, content = queries.sealed_pdf(person=world.coach, agreement_id=agreement_id, now=NOW)
    assert (view.seal, content) == (seal, None)
    jobs.make_pdf.call(str(seal.pk))
    _view, content = queries.sealed_pdf(person=world.mentor, agreement_id=agreement_id, now=NOW)
    assert content is not None
    with pytest.raises(NotFound):
        queries.sealed_pdf(
            person=world.stranger, agreement_id=agreement_id, now=NOW + timedelta(days=1)
        )
