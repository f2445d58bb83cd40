"""Somebody who keeps the questionnaires of an institution tries to find out whether one person filled
one in: by what the pages say, by what they refuse, and by how much work they take. The same walk is
made twice, with answers and without, and has to come out the same."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.contracts.access_table import TABLE
from tests.instruments.keeping import in_use
from tests.wellbeing.telling import answers, opted_in, shares
from tests.worlds import NOW, World
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.instruments.models import Instrument
from tussenstop.messages.models import Notice
from tussenstop.people.models import Person
from tussenstop.wellbeing.models import Answered

pytestmark = pytest.mark.django_db
CHANGES = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|value="[0-9a-f-]{36}"|[0-9a-f]{8}-[0-9a-f-]{27}'
)


@pytest.fixture
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW)


def walk(world: World, instrument: Instrument, *, end: str) -> list[tuple[str, int, str, int]]:
    """Everything that somebody who keeps questionnaires can do, ending with one last act: what was
    answered, and after how many questions to the database."""
    client: Client = ReadingClient()
    client.force_login(world.programme_coordinator)
    key, place = [instrument.pk], [world.institution.pk]
    seen = []

    def go(name: str, args: list[object], method: str = "get") -> None:
        url = reverse(name, args=args)
        client.get("/about/")  # messages of before are read
        with CaptureQueriesContext(connection) as asked:
            answer = getattr(client, method)(url, follow=True)
        seen.append((name, answer.status_code, CHANGES.sub("", answer.text), len(asked)))

    for name in ("instruments", "institution", "wellbeing_groups"):
        go(name, place)
    go("instrument", key)
    go("instrument_edit", key)
    go("instrument_use", key)
    go("wellbeing_fill_in", key)
    go("wellbeing_answers", [instrument.family])
    go("instrument_delete", key, "post")
    go("instrument_version", key, "post")
    go(end, key, "post")
    go("instrument", key)
    return seen


@pytest.mark.parametrize("end", ["instrument_withdraw", "instrument_delete", "instrument_version"])
def test_with_and_without_answers_every_page_and_every_refusal_is_the_same(
    world: World, on_that_day: None, end: str
) -> None:
    Person.objects.update(language="en")
    instrument = in_use(world)
    opted_in(world.student)

    def once(filled_in: bool) -> list[tuple[str, int, str, int]]:
        with transaction.atomic():
            if filled_in:
                told = answers(world.student, instrument)
                shares(world.student, world.coach, told)
                answers(world.teacher, instrument)
                assert Answered.objects.count() == 2
            seen = walk(world, instrument, end=end)
            transaction.set_rollback(True)
        return seen

    once(False)  # what is only done the first time
    without, with_ = once(False), once(True)
    assert [one[0] for one in with_ if one[1] == 200]
    assert with_ == without


def test_what_is_withdrawn_deletes_no_answer_and_what_is_deleted_tells_of_none(
    world: World, on_that_day: None
) -> None:
    instrument = in_use(world)
    told = answers(world.student, instrument)
    stories, notices = AuditEntry.objects.count(), Notice.objects.count()
    walk(world, instrument, end="instrument_withdraw")
    assert list(Answered.objects.all()) == [told]
    codes = AuditEntry.objects.order_by("at", "pk")[stories:].values_list("code", flat=True)
    assert set(codes) <= {"instrument.withdrawn"}
    assert Notice.objects.count() == notices
    assert not OutgoingMail.objects.filter(text__contains="Leergoesting").exists()


def test_no_address_of_who_keeps_them_shows_a_number_of_answers(
    world: World, on_that_day: None
) -> None:
    """What their pages are given holds nothing of wellbeing, whatever a template would make of it."""
    instrument = in_use(world)
    answers(world.student, instrument)
    client = ReadingClient()
    client.force_login(world.programme_coordinator)
    pages = [name for name in TABLE if name.startswith("instrument")]
    assert len(pages) > 5
    for name, args in (("instruments", [world.institution.pk]), ("instrument", [instrument.pk])):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=args)).status_code == 200
        assert not any("wellbeing_" in one["sql"] for one in asked)


def test_the_person_s_own_pages_lead_nowhere_that_somebody_else_could_watch(
    world: World, on_that_day: None
) -> None:
    """An address of the licence could be one that only this questionnaire has."""
    instrument = in_use(world)
    spy = "https://elsewhere.example/spied"
    Instrument.objects.update(licence_url=spy, attribution=f"{spy}/too <img src={spy}>")
    told = answers(world.student, instrument)
    client = ReadingClient()
    client.force_login(world.student)
    for name, args in (
        ("wellbeing_fill_in", [instrument.pk]),
        ("wellbeing_answers", [instrument.family]),
        ("wellbeing_answered", [told.pk]),
    ):
        text = client.get(reverse(name, args=args)).text
        assert spy in text
        assert not re.search(rf'<[^>]*(href|src|action)=["\']?{spy}', text)
