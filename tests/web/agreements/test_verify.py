"""Open to everybody: is this exactly what was agreed to?"""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.worlds import World, with_a_proposal, with_an_agreement
from tussenstop.agreements import jobs
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Seal
from tussenstop.agreements.rules import Answer
from tussenstop.people.acting import By

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def seal_of(world: World) -> Seal:
    with_an_agreement(world)
    seal = Seal.objects.get()
    jobs.make_pdf.call(str(seal.pk))
    return Seal.objects.get()


def upload(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("afspraak.pdf", content)
    return client.post("/verify/", {"file": file}, **ENGLISH).content.decode()  # type: ignore[arg-type]


def test_the_downloaded_pdf_is_recognised(client: Client, world: World) -> None:
    seal = seal_of(world)

    html = upload(client, bytes(seal.pdf or b""))

    assert "This is exactly what was agreed." in html
    assert "23 November 2026" in html
    assert "Mo Mentor" in html
    assert world.mentor.email not in html


def test_one_flipped_bit_is_noticed(client: Client, world: World) -> None:
    content = bytearray(seal_of(world).pdf or b"")
    content[len(content) // 2] ^= 1

    html = upload(client, bytes(content))

    assert "Not one of ours, or changed since." in html
    assert "Mo Mentor" not in html


@pytest.mark.parametrize("method", ["link", "form"])
def test_a_digest_is_recognised_with_its_spaces(client: Client, world: World, method: str) -> None:
    digest = seal_of(world).digest
    spaced = " ".join(digest[i : i + 8] for i in range(0, 64, 8))

    response = (
        client.get(f"/verify/{digest}/", **ENGLISH)  # type: ignore[arg-type]
        if method == "link"
        else client.post("/verify/", {"digest": spaced.upper()}, **ENGLISH)  # type: ignore[arg-type]
    )

    assert "This is exactly what was agreed." in response.content.decode()


def test_a_text_that_was_only_proposed_is_not_confirmed(client: Client, world: World) -> None:
    revision = with_a_proposal(world)

    response = client.get(f"/verify/{revision.body_digest}/", **ENGLISH)  # type: ignore[arg-type]

    assert "Not one of ours, or changed since." in response.content.decode()


def test_what_was_succeeded_says_so(client: Client, world: World) -> None:
    old = seal_of(world)
    agreement = Agreement.objects.select_related("route__student").get()
    successor = drafts.begin_successor(by=By(world.student), agreement=agreement, now=world.now)
    revision = proposing.propose_start(
        by=By(world.student), agreement=successor, seen=0, now=world.now
    )
    assert "no longer holds" not in client.get(f"/verify/{old.digest}/", **ENGLISH).content.decode()  # type: ignore[arg-type]
    for person in (world.mentor, world.teacher):
        consent.answer(by=By(person), revision=revision, answer=Answer.YES, now=world.now)

    html = client.get(f"/verify/{old.digest}/", **ENGLISH).content.decode()  # type: ignore[arg-type]

    assert "This is exactly what was agreed." in html
    assert "no longer holds" in html


def test_nothing_chosen_is_said_beside_the_field(client: Client) -> None:
    html = client.post("/verify/", {}, **ENGLISH).content.decode()  # type: ignore[arg-type]

    assert "Choose a PDF, or paste a digest." in html


def test_who_asks_too_often_waits_a_minute(client: Client) -> None:
    found = [client.post("/verify/", {"digest": "a"}).status_code for _ in range(31)]

    assert found == [200] * 30 + [429]


def test_behind_a_proxy_each_visitor_is_counted_and_not_the_proxy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)

    def asks(visitor: str) -> int:
        forwarded = {"HTTP_X_FORWARDED_FOR": visitor}
        return client.post("/verify/", {"digest": "a"}, **forwarded).status_code  # type: ignore[arg-type]

    assert [asks("192.0.2.1") for _ in range(31)] == [200] * 30 + [429]
    assert asks("192.0.2.2") == 200


@pytest.mark.parametrize("wanted", ["x", "0" * 64, "' OR 1=1 --", "é"])
def test_anything_else_is_not_one_of_ours(client: Client, wanted: str) -> None:
    response = client.get(f"/verify/{wanted}/", **ENGLISH)  # type: ignore[arg-type]

    assert "Not one of ours, or changed since." in response.content.decode()
