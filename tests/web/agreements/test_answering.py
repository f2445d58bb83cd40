"""Reading a proposed text and answering it, as its parties meet it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import PersonFactory
from tests.worlds import NOW, World, with_a_draft, with_a_proposal, with_an_agreement
from tussenstop.agreements import jobs
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Consent, Revision, Seal
from tussenstop.agreements.rules import Answer
from tussenstop.core.models import StoredFile
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(world: World) -> None:
    Person.objects.update(language="en")


def sign_in(client: Client, person: Person) -> None:
    client.force_login(person)


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def url(revision: Revision, *more: object) -> str:
    return "/".join(["/agreements", str(revision.agreement_id), *map(str, more), ""])


def second_text(world: World, first: Revision, words: str = "Op woensdag") -> Revision:
    """The mentor asks for a change, the student proposes it."""
    consent.answer(
        by=By(world.mentor),
        revision=first,
        answer=Answer.CHANGE,
        section="practical",
        reason="Vrijdag kan niet.",
        now=NOW,
    )
    drafts.save_section(
        by=By(world.student),
        agreement=first.agreement,
        key="practical",
        values={"swapping": words},
        seen=0,
        now=NOW,
    )
    return proposing.propose_start(
        by=By(world.student), agreement=first.agreement, seen=1, why="Dat past beter.", now=NOW
    )


def test_a_mentor_reads_the_text_and_agrees_with_one_tap(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.mentor)

    html = page(client, url(revision))
    assert "Wat Sara Student verwacht" in html
    assert "Your answer is missing, and that of Tine Docent." in html
    response = client.post(url(revision, "agree"), {"revision": revision.pk}, follow=True)

    assert response.redirect_chain == [(url(revision), 302)]
    assert "You agreed." in response.content.decode()
    assert Consent.objects.get(party__person=world.mentor).means == "session"


def test_the_last_one_reads_that_it_holds(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    consent.answer(by=By(world.mentor), revision=revision, answer=Answer.YES, now=NOW)
    sign_in(client, world.teacher)
    assert "Only your answer is missing." in page(client, url(revision))

    response = client.post(url(revision, "agree"), {"revision": revision.pk}, follow=True)

    html = response.content.decode()
    assert "Everybody agreed: it holds." in html
    assert "Download the PDF" in html
    assert Seal.objects.get().digest[:8] in html


def test_answering_an_old_text_shows_the_new_one_and_counts_for_nothing(
    client: Client, world: World
) -> None:
    first = with_a_proposal(world)
    sign_in(client, world.teacher)
    second = second_text(world, first)

    response = client.post(url(first, "agree"), {"revision": first.pk})

    html = response.content.decode()
    assert response.status_code == 409
    assert "The text was changed meanwhile." in html
    assert "Op woensdag" in html
    assert not second.parties.filter(person=world.teacher, consent__isnull=False).exists()


@pytest.mark.parametrize("revision_id", ["", "x", "01a20991-d82b-79f6-82f1-c3e4d88c509a"])
def test_a_made_up_text_is_no_text(client: Client, world: World, revision_id: str) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.mentor)

    response = client.post(url(revision, "agree"), {"revision": revision_id})

    assert response.status_code == 409
    assert Consent.objects.count() == 1


def test_a_change_is_asked_to_one_part_and_stands_beside_it(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.mentor)
    assert 'value="practical" ' in page(client, url(revision, "ask") + "?part=practical")

    client.post(
        url(revision, "ask"),
        {"revision": revision.pk, "section": "practical", "reason": "Vrijdag kan niet."},
    )

    sign_in(client, world.student)
    html = page(client, url(revision))
    assert "Mo Mentor asks for a change:" in html
    assert html.count("Vrijdag kan niet.") == 3  # on top, beside the part, in the evidence
    assert "Change the text" in html
    assert "#part-practical" in html


def test_an_objection_without_words_is_asked_again_with_everything_kept(
    client: Client, world: World
) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.mentor)

    response = client.post(
        url(revision, "ask"), {"revision": revision.pk, "section": "practical", "reason": "  "}
    )

    assert response.status_code == 200
    assert 'value="practical" ' in response.content.decode().split("checked")[0][-200:]
    assert Consent.objects.count() == 1


def test_words_written_about_an_old_text_are_kept_beside_the_new_one(
    client: Client, world: World
) -> None:
    first = with_a_proposal(world)
    sign_in(client, world.teacher)
    second = second_text(world, first)
    typed = {"revision": first.pk, "section": "practical", "reason": "Liever een uur later."}

    response = client.post(url(first, "ask"), typed)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Liever een uur later." in html
    assert "Op woensdag" in html
    again = client.post(url(first, "ask"), {**typed, "revision": second.pk})
    assert again.status_code == 302
    assert Consent.objects.get(party__person=world.teacher).party.revision == second


def test_saying_no_needs_a_reason_and_tells_it(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.teacher)

    assert client.post(url(revision, "refuse"), {"revision": revision.pk}).status_code == 200
    client.post(url(revision, "refuse"), {"revision": revision.pk, "reason": "Te vroeg."})

    html = page(client, url(revision))
    assert "Tine Docent does not agree:" in html
    assert "Te vroeg." in html


def test_what_changed_is_shown_with_words_for_who_can_not_see_it(
    client: Client, world: World
) -> None:
    first = with_a_proposal(world)
    second_text(world, first)
    sign_in(client, world.teacher)

    html = page(client, url(first))
    assert "Dat past beter." in html
    compared = page(client, url(first, "compare", 1, 2))

    assert "came: </span>Op woensdag" in compared
    assert "Vrijdag kan niet." in page(client, url(first, "texts", 1))
    page(client, url(first, "texts", 3), 404)
    page(client, url(first, "compare", 1, 9), 404)


@pytest.mark.parametrize(
    ("who", "read", "answer"),
    [
        ("student", 200, 409),
        ("coach", 200, 403),
        ("programme_coordinator", 200, 403),
        ("godparent", 404, 404),
        ("organisation_coordinator", 404, 404),
        ("other_mentor", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_may_read_and_who_may_answer(
    client: Client, world: World, who: str, read: int, answer: int
) -> None:
    revision = with_a_proposal(world)
    consent.answer(
        by=By(world.mentor), revision=revision, answer=Answer.CHANGE, reason="Nee.", now=NOW
    )
    sign_in(client, getattr(world, who))

    assert client.get(url(revision)).status_code == read
    for action in ("ask", "refuse"):
        expected = 200 if answer == 409 else answer
        assert client.get(url(revision, action)).status_code == expected
    status = client.post(url(revision, "agree"), {"revision": revision.pk}).status_code
    assert status == (302 if who == "student" else answer)


def test_somebody_from_outside_reads_only_this(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    manager = PersonFactory(name="Kristof Leiding", language="en")
    drafts.add_signatory(
        by=By(world.student), agreement=agreement, person=manager, capacity="manager", now=NOW
    )
    revision = proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)
    sign_in(client, manager)

    html = page(client, url(revision))

    assert "I agree" in html
    assert f"/routes/{world.route.pk}/" not in html
    page(client, f"/routes/{world.route.pk}/agreements/", 404)
    assert client.post(url(revision, "agree"), {"revision": revision.pk}).status_code == 302


def test_who_proposed_can_withdraw_after_being_asked_once_more(
    client: Client, world: World
) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.student)
    assert "Withdraw this?" in page(client, url(revision, "withdraw"))

    client.post(url(revision, "withdraw"))

    assert Agreement.objects.get(pk=revision.agreement_id).withdrawn_by == "Sara Student"
    assert "Withdrawn by Sara Student." in page(client, url(revision))


def test_another_partner_can_not_withdraw(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.mentor)

    assert client.post(url(revision, "withdraw")).status_code == 409
    assert Agreement.objects.get(pk=revision.agreement_id).withdrawn_at is None


def in_memory(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


def test_a_page_signed_on_paper_is_recorded_and_can_be_read_again(
    client: Client, world: World, settings: Any
) -> None:
    in_memory(settings)
    revision = with_a_proposal(world)
    party = revision.parties.get(person=world.mentor)
    where = url(revision, "elsewhere", party.pk)
    sign_in(client, world.student)
    assert where in page(client, url(revision))

    bad = SimpleUploadedFile("blad.pdf", b"geen pdf")
    response = client.post(where, {"revision": revision.pk, "file": bad})
    assert response.status_code == 409
    assert "We can" in response.content.decode()
    good = SimpleUploadedFile("blad van Mo.pdf", b"%PDF-1.7 getekend")
    assert client.post(where, {"revision": revision.pk, "file": good}).status_code == 302

    sign_in(client, world.teacher)
    assert "on paper, recorded by Sara Student" in page(client, url(revision))
    scan = client.get(url(revision, "scan", party.pk))
    assert b"".join(scan.streaming_content) == b"%PDF-1.7 getekend"  # type: ignore[attr-defined]
    assert 'filename="blad van Mo.pdf"' in scan["Content-Disposition"]
    sign_in(client, world.stranger)
    assert client.get(url(revision, "scan", party.pk)).status_code == 404


def test_a_page_signed_for_an_old_text_is_not_recorded(
    client: Client, world: World, settings: Any
) -> None:
    in_memory(settings)
    first = with_a_proposal(world)
    second = second_text(world, first)
    party = second.parties.get(person=world.mentor)
    sign_in(client, world.student)

    response = client.post(
        url(first, "elsewhere", party.pk),
        {"revision": first.pk, "file": SimpleUploadedFile("blad.pdf", b"%PDF-1.7")},
    )

    assert response.status_code == 409
    assert not StoredFile.objects.exists()


def test_nobody_records_their_own_signature(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    party = revision.parties.get(person=world.mentor)
    sign_in(client, world.mentor)

    page(client, url(revision, "elsewhere", party.pk), 404)


def test_the_pdf_is_awaited_on_a_page_that_looks_again(client: Client, world: World) -> None:
    revision = with_an_agreement(world)
    sign_in(client, world.coach)

    waiting = client.get(url(revision, "pdf"))
    assert (waiting.status_code, waiting["Refresh"]) == (202, "3")
    seal = Seal.objects.get()
    jobs.make_pdf.call(str(seal.pk))
    response = client.get(url(revision, "pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert response.content == bytes(Seal.objects.get().pdf or b"")
    assert "attachment" in response["Content-Disposition"]
    assert "2026-11-23.pdf" in response["Content-Disposition"]


def test_there_is_no_pdf_before_everybody_agreed(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    sign_in(client, world.student)

    page(client, url(revision, "pdf"), 404)


@pytest.mark.parametrize("texts", [1, 3])
def test_the_page_reads_as_often_however_many_texts_there_were(
    client: Client,
    world: World,
    texts: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    revision = with_a_proposal(world)
    for number in range(1, texts):
        drafts.save_section(
            by=By(world.student),
            agreement=revision.agreement,
            key="practical",
            values={"swapping": f"Versie {number}"},
            seen=number - 1,
            now=NOW,
        )
        proposing.propose_start(
            by=By(world.student), agreement=revision.agreement, seen=number, now=NOW
        )
    sign_in(client, world.student)
    client.get(url(revision))

    with django_assert_num_queries(12):
        client.get(url(revision))
