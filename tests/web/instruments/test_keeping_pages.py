"""The questionnaires of an institution, as its coordinator meets them: typed on a phone, looked at as
others will see them, put in use on one's word."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.instruments.keeping import DUTCH, ENGLISH, a_text, adds, in_use
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.instruments import actions
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import State
from tussenstop.people.acting import By

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.programme_coordinator)


def typed(**changes: str) -> dict[str, str]:
    return {
        "key": str(uuid7()),
        "version": "0",
        "name_nl": "Leergoesting",
        "introduction_nl": "Eigen vragen.\r\nVan ons.",
        "items_nl": "Ik had zin.\r\n\r\n  Ik durfde iets te vragen. ",
        "labels_nl": "nooit\r\nsoms\r\nvaak",
        "rights_holder": "School De Brug",
        "licence": "Van onszelf",
        **changes,
    }


def said(**changes: str) -> dict[str, str]:
    return {
        "version": "1",
        "how": "letter",
        "held_by": "Dienst leren",
        "note": "De brief ligt op het secretariaat",
        "valid_from": "2026-11-23",
        "valid_until": "2027-06-30",
        "confirmed": "on",
        **changes,
    }


def test_the_institution_leads_there_and_the_empty_page_explains(
    coordinator: Client, world: World
) -> None:
    place = [world.institution.pk]
    url = reverse("instruments", args=place)
    assert url in coordinator.get(reverse("institution", args=place)).text
    text = coordinator.get(url).text
    assert "No questionnaires yet" in text
    assert "licences differ, and often contradict each other" in text
    assert "You do not learn who filled one in" in text


def test_from_typing_to_in_use(coordinator: Client, world: World) -> None:
    add = reverse("instrument_add", args=[world.institution.pk])
    data = typed()
    text = coordinator.post(add, data, follow=True).text
    coordinator.post(add, data)
    row = Instrument.objects.get()
    assert row.wording["nl"]["items"] == ["Ik had zin.", "Ik durfde iets te vragen."]
    assert "Nobody sees it yet" in text
    assert '<legend lang="nl">Ik durfde iets te vragen.</legend>' in text
    assert "School De Brug. Van onszelf" in text
    use = reverse("instrument_use", args=[row.pk])
    text = coordinator.get(use).text
    assert f"students, teachers and coaches of {world.institution.name}" in text
    assert "Ik had zin." in text  # one gives one's word on what one sees
    text = coordinator.post(use, said(), follow=True).text
    coordinator.post(use, said())
    row.refresh_from_db()
    assert row.state == State.IN_USE
    assert "In use. Who fills it in, nobody but they themselves will know." in text
    assert "De brief ligt op het secretariaat" in text
    assert "Hilde Opleiding, 23 November 2026, 10:00" in text


def test_without_the_tick_it_stays_a_draft_and_what_was_typed_stays(
    coordinator: Client, world: World
) -> None:
    draft = adds(world)
    answer = coordinator.post(reverse("instrument_use", args=[draft.pk]), said(confirmed=""))
    assert answer.status_code == 422
    assert "Only when you hold the right, and say so." in answer.text
    assert "De brief ligt op het secretariaat" in answer.text
    assert Instrument.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"labels_nl": "ja"}, "Write two to seven answers, one a line."),
        ({"items_nl": ""}, "Write one sentence a line"),
        ({"name_en": "Eager"}, "Write one sentence a line"),
        ({"licence": ""}, "Please fill this in."),
        ({"licence_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_is_missing_is_said_beside_it_and_the_rest_stays(
    coordinator: Client, world: World, changes: dict[str, str], text: str
) -> None:
    add = reverse("instrument_add", args=[world.institution.pk])
    answer = coordinator.post(add, typed(**changes))
    assert answer.status_code == 422
    assert text in answer.text
    assert "Ik durfde iets te vragen." in answer.text or "items_nl" in changes
    assert not Instrument.objects.exists()


def test_who_comes_second_sees_both_texts_and_can_send_again(
    coordinator: Client, world: World
) -> None:
    draft = adds(world)
    by = By(world.programme_coordinator)
    actions.edit(by=by, instrument=draft, seen=1, text=a_text(licence="Andere"), now=NOW)
    url = reverse("instrument_edit", args=[draft.pk])
    answer = coordinator.post(url, typed(version="1", licence="De mijne"))
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile." in answer.text
    assert "It says now: “Andere”" in answer.text.replace("&quot;", '"')
    assert "De mijne" in answer.text
    assert 'name="version" value="2"' in answer.text
    coordinator.post(url, typed(version="2", licence="De mijne"))
    assert Instrument.objects.get().licence == "De mijne"


def test_in_use_it_offers_a_new_version_and_no_pen(coordinator: Client, world: World) -> None:
    used = in_use(world)
    text = coordinator.get(reverse("instrument", args=[used.pk])).text
    assert reverse("instrument_edit", args=[used.pk]) not in text
    assert reverse("instrument_delete", args=[used.pk]) not in text
    for name in ("instrument_edit", "instrument_use"):
        text = coordinator.get(reverse(name, args=[used.pk]), follow=True).text
        assert "This is in use, and stays as it is." in text
    again = reverse("instrument_version", args=[used.pk])
    for _time in range(2):
        text = coordinator.post(again, follow=True).text
    assert "Change the questionnaire" in text
    new = Instrument.objects.get(state=State.DRAFT)
    assert (
        "Go on with the new version" in coordinator.get(reverse("instrument", args=[used.pk])).text
    )
    text = coordinator.get(reverse("instrument_use", args=[new.pk])).text
    assert "Version 1 is withdrawn when this one comes in use." in text
    answer = coordinator.post(reverse("instrument_delete", args=[used.pk]), follow=True)
    assert "It has been in use, so it stays." in answer.text


def test_a_draft_is_deleted_and_a_version_in_use_withdrawn(
    coordinator: Client, world: World
) -> None:
    draft, used = adds(world), in_use(world)
    text = coordinator.post(reverse("instrument_delete", args=[draft.pk]), follow=True).text
    assert "Gone for good." in text
    text = coordinator.post(reverse("instrument_withdraw", args=[used.pk]), follow=True).text
    assert "what people keep stays theirs" in text
    assert "withdrawn" in text


@pytest.mark.parametrize(
    ("days", "text", "other"),
    [
        (200, "in use", "The right"),
        (60, "60 days left", "The right ended"),
        (1, "1 day left", "The right ended"),
    ],
)
def test_the_list_warns_before_the_right_ends(
    coordinator: Client, world: World, days: int, text: str, other: str
) -> None:
    in_use(world, until=NOW.date() + timedelta(days=days))
    page = coordinator.get(reverse("instruments", args=[world.institution.pk])).text
    assert text in page
    assert other not in page
    assert ("Ask Dienst leren whether it goes on" in page) == (days <= 60)


def test_after_the_last_day_the_list_says_that_nobody_can_fill_it_in(
    coordinator: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(world, until=NOW.date() + timedelta(days=3))
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW + timedelta(days=4))
    page = coordinator.get(reverse("instruments", args=[world.institution.pk])).text
    assert "The right ended on 26 November 2026" in page
    assert "no longer valid" in page


def test_it_is_looked_at_in_each_of_its_languages(coordinator: Client, world: World) -> None:
    both = coordinator.get(reverse("instrument", args=[adds(world, DUTCH, ENGLISH).pk])).text
    assert '<legend lang="nl">Ik had zin om iets te proberen.</legend>' in both
    assert '<legend lang="en">I felt like trying something.</legend>' in both
    assert (
        "only" not in both.partition("As people see it in Dutch")[2].partition("By what right")[0]
    )
    one = coordinator.get(reverse("instrument", args=[adds(world).pk])).text
    assert "reads that it exists in Dutch only" in one


def test_the_list_costs_the_same_for_one_as_for_three(coordinator: Client, world: World) -> None:
    url = reverse("instruments", args=[world.institution.pk])

    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            coordinator.get(url)
        return len(asked)

    in_use(world)
    coordinator.get(url)
    one = counted()
    in_use(world)
    adds(world)
    assert counted() == one
