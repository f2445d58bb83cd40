"""Seeing to documents in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.documents.giving import PDF, gives, gives_everything
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.documents.models import OwnRequirement, Paper

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def one(world: World, name: str, key: str) -> str:
    return url(name, world.route.pk, world.placement.pk, key)


def test_the_list_says_what_is_needed_and_from_whom(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url("documents", world.route.pk)).content.decode()
    assert "4 things are still needed before it can start." in page
    assert one(world, "document_give", "house_rules") in page
    assert one(world, "document_give", "risk_analysis") not in page
    gives_everything(world)
    page = signed_in(world.student).get(url("documents", world.route.pk)).content.decode()
    assert "Everything is in order." in page


def test_the_student_confirms_in_one_tap(world: World, signed_in: SignIn) -> None:
    browser, address = signed_in(world.student), one(world, "document_give", "house_rules")
    assert "Yes, this is in order" in browser.get(address).content.decode()
    answer = browser.post(address, {"seen": "", "on": "2026-11-23"})
    assert answer.headers["Location"] == url("documents", world.route.pk)
    browser.post(address, {"seen": "", "on": "2026-11-23"})
    assert Paper.objects.count() == 1


def test_a_document_is_uploaded_and_read_by_who_sees_the_list(
    world: World, signed_in: SignIn
) -> None:
    file = SimpleUploadedFile("Risico analyse.pdf", PDF)
    signed_in(world.organisation_coordinator).post(
        one(world, "document_give", "risk_analysis"),
        {"seen": "", "on": "2026-11-20", "file": file},
    )
    paper = Paper.objects.get()
    address = url("document_file", world.route.pk, paper.pk)
    answer = signed_in(world.student).get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert 'filename="Risico analyse.pdf"' in answer.headers["Content-Disposition"]
    assert signed_in(world.other_teacher).get(address).status_code == 404


def test_what_is_wrong_stands_beside_its_field(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.organisation_coordinator)
    address = one(world, "document_give", "risk_analysis")
    answer = browser.post(address, {"seen": "", "on": "2026-11-20"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_a_gate_is_opened_with_a_reason(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.programme_coordinator)
    browser.post(
        one(world, "document_open", "insurance"), {"seen": "", "reason": "Komt maandag binnen."}
    )
    page = signed_in(world.student).get(url("documents", world.route.pk)).content.decode()
    assert "Komt maandag binnen." in page


def test_a_programme_switches_and_adds_documents(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.programme_coordinator)
    address = url("programme_documents", world.programme.pk)
    browser.post(
        url("programme_document_switch", world.programme.pk), {"key": "insurance", "on": "no"}
    )
    assert "not asked" in browser.get(address).content.decode()
    key = "01a20a9d-0000-7000-8000-000000000001"
    browser.post(
        url("programme_document_add", world.programme.pk),
        {
            "key": key,
            "name": "Hygiënekaart",
            "provider": "mentor",
            "gate": "start",
            "proof": "word",
        },
    )
    assert "Hygiënekaart" in browser.get(address).content.decode()
    page = signed_in(world.mentor).get(url("documents", world.route.pk)).content.decode()
    assert "Hygiënekaart" in page
    browser.post(url("programme_document_end", world.programme.pk, key))
    assert OwnRequirement.objects.get().ended_at


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_much_was_given(
    world: World,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for key in ["house_rules", "emergency", "insurance"][:count]:
        gives(world, key)
    browser = signed_in(world.student)
    browser.get(url("documents", world.route.pk))
    with django_assert_num_queries(10):
        browser.get(url("documents", world.route.pk))
