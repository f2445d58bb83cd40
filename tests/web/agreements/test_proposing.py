"""Proposing something that binds the partners, in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.worlds import NOW, World, with_an_agreement
from tussenstop.agreements.actions import consent, proposing
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.agreements.rules import Answer, Kind
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(world: World) -> None:
    Person.objects.update(language="en")


@pytest.fixture
def agreed(world: World) -> World:
    with_an_agreement(world)
    return world


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def new(world: World, kind: str = "") -> str:
    return f"/routes/{world.route.pk}/agreements/new/" + (f"{kind}/" if kind else "")


def free(world: World, text: str = "Sara krijgt een sleutel.") -> Agreement:
    return proposing.propose_change(
        by=By(world.student),
        route=world.fresh(),
        kind=Kind.FREE,
        key=uuid7(),
        title="De sleutel",
        text=text,
        data={},
        now=NOW,
    )


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.ACQUAINTING, {"period", "stops", "pause", "free", "rhythm"}),
        (State.AGREED, {"period", "stops", "pause", "stopping", "free", "rhythm"}),
        (State.UNDER_WAY, {"period", "stops", "pause", "closing", "stopping", "free", "rhythm"}),
        (State.PAUSED, {"period", "stops", "resume", "stopping", "free", "rhythm"}),
        (State.COMPLETED, set()),
    ],
)
def test_only_what_fits_the_route_is_offered(
    client: Client, world: World, state: State, offered: set[str]
) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=state, state_before_pause=State.AGREED)
    client.force_login(world.teacher)

    html = page(client, new(world))

    assert {kind.value for kind in Kind if new(world, kind.value) in html} == offered


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        ("pause", {"starts_on": "2026-12-01", "back_on": "", "text": "Rust"}, "1 December 2026"),
        ("stopping", {"text": "Ik vond ander werk."}, "Ik vond ander werk."),
        ("free", {"title": "De sleutel", "text": "Sara krijgt er een."}, "Sara krijgt er een."),
        (
            "period",
            {"starts_on": "2027-01-18", "ends_on": "2027-07-02", "hours_target": "380"},
            "2 July 2027",
        ),
    ],
)
def test_a_short_form_proposes_it_once(
    client: Client, agreed: World, kind: str, typed: dict[str, Any], shown: str
) -> None:
    Person.objects.filter(pk=agreed.student.pk).update(language="en")
    client.force_login(agreed.mentor)
    typed = {"key": uuid7(), "placement": agreed.placement.pk, **typed}
    page(client, new(agreed, kind))

    first = client.post(new(agreed, kind), typed)
    again = client.post(new(agreed, kind), typed)

    assert first["Location"] == again["Location"]
    assert Agreement.objects.filter(kind=kind).count() == 1
    assert shown in page(client, first["Location"])


def test_stops_are_added_skipped_and_moved_in_one_form(client: Client, agreed: World) -> None:
    client.force_login(agreed.student)
    stops = list(Stop.objects.filter(route=agreed.route).order_by("position"))
    assert "Onboarding" in page(client, new(agreed, "stops"))

    response = client.post(
        new(agreed, "stops"),
        {
            "key": uuid7(),
            "name": "Nachtdienst proeven",
            "purpose": "Zien of het past",
            "after": stops[1].pk,
            "skip": [stops[4].pk],
            "move": stops[5].pk,
            "move_after": "",
            "text": "",
        },
    )

    data = Revision.objects.get(agreement__kind=Kind.STOPS).body["data"]
    assert [operation["do"] for operation in data["operations"]] == ["add", "skip", "move"]
    assert "Nachtdienst proeven" in page(client, response["Location"])


@pytest.mark.parametrize(
    ("kind", "typed", "message", "kept"),
    [
        (
            "pause",
            {"starts_on": "2027-02-01", "back_on": "2027-01-01", "text": "Even rust."},
            "The day of return comes before the pause.",
            "Even rust.",
        ),
        (
            "period",
            {
                "starts_on": "2027-02-01",
                "ends_on": "2027-01-01",
                "hours_target": "99",
                "text": "Korter.",
            },
            "The last day comes before the first day.",
            "Korter.",
        ),
        ("free", {"title": "De sleutel", "text": " "}, "", "De sleutel"),
        ("stops", {"text": "Zomaar."}, "Choose at least one change of the stops.", "Zomaar."),
        ("stops", {"purpose": "Proeven"}, "Give the new stop a name.", "Proeven"),
        ("resume", {"on": "2027-01-01", "text": "Verder."}, "This route is not paused.", "Verder."),
    ],
)
def test_a_refusal_keeps_everything_that_was_typed(
    client: Client, agreed: World, kind: str, typed: dict[str, str], message: str, kept: str
) -> None:
    client.force_login(agreed.student)

    response = client.post(
        new(agreed, kind), {"key": uuid7(), "placement": agreed.placement.pk, **typed}
    )

    html = response.content.decode()
    assert response.status_code in {200, 409}
    assert message in html
    assert kept in html
    assert "Have another look at this:" in html
    assert not Agreement.objects.filter(kind=kind).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("mentor", 200),
        ("coach", 403),
        ("godparent", 403),
        ("organisation_coordinator", 403),
        ("programme_coordinator", 403),
        ("other_teacher", 404),
        ("stranger", 404),
    ],
)
def test_who_may_propose(client: Client, agreed: World, who: str, status: int) -> None:
    client.force_login(getattr(agreed, who))

    assert client.get(new(agreed)).status_code == status
    assert client.get(new(agreed, "free")).status_code == status
    assert client.get(new(agreed, "start")).status_code == (404 if status == 200 else status)
    posted = client.post(new(agreed, "free"), {"key": uuid7(), "title": "a", "text": "b"})
    assert posted.status_code == (302 if status == 200 else status)


def test_a_contested_proposal_is_changed_in_its_form_and_asked_anew(
    client: Client, agreed: World
) -> None:
    agreement = free(agreed)
    revision = Revision.objects.get(agreement=agreement)
    consent.answer(
        by=By(agreed.mentor), revision=revision, answer=Answer.CHANGE, reason="Twee.", now=NOW
    )
    client.force_login(agreed.student)
    url = f"/agreements/{agreement.pk}/change/"
    html = page(client, url)
    assert "Sara krijgt een sleutel." in html
    assert "Twee." in html

    assert client.post(url, {"seen": 1, "text": "Twee sleutels."}).status_code == 200  # no why
    client.post(url, {"seen": 1, "text": "Twee sleutels.", "why": "Mo vroeg het."})

    second = Revision.objects.get(agreement=agreement, number=2)
    assert second.why == "Mo vroeg het."
    late = client.post(url, {"seen": 1, "text": "Drie sleutels.", "why": "Laat."})
    html = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else just proposed a newer text." in html
    assert "Twee sleutels." in html
    assert "Drie sleutels." in html
    assert 'name="seen" value="2"' in html
    assert Revision.objects.filter(agreement=agreement).count() == 2


def test_a_successor_begins_with_what_holds(client: Client, agreed: World) -> None:
    agreement = free(agreed)
    revision = Revision.objects.get(agreement=agreement)
    for person in (agreed.mentor, agreed.teacher):
        consent.answer(by=By(person), revision=revision, answer=Answer.YES, now=NOW)
    client.force_login(agreed.mentor)

    form = client.post(f"/agreements/{agreement.pk}/succeed/", follow=True)
    assert "Sara krijgt een sleutel." in form.content.decode()
    response = client.post(
        new(agreed, "free"),
        {
            "key": uuid7(),
            "title": "De sleutel",
            "text": "Sara geeft hem terug.",
            "succeeds": agreement.pk,
        },
    )

    assert Agreement.objects.get(succeeds=agreement).title == "De sleutel"
    assert "takes the place of" in page(client, response["Location"])


def test_what_does_not_hold_or_is_elsewhere_is_not_succeeded(client: Client, agreed: World) -> None:
    agreement = free(agreed)
    client.force_login(agreed.student)
    typed = {"key": uuid7(), "title": "a", "text": "b", "succeeds": agreement.pk}

    assert client.post(new(agreed, "free"), typed).status_code == 409
    for wrong in (uuid7(), "x"):
        response = client.post(new(agreed, "free"), {**typed, "succeeds": wrong})
        assert response.status_code == 404


def test_a_double_is_pointed_out(client: Client, agreed: World) -> None:
    free(agreed)
    client.force_login(agreed.teacher)

    assert "Something like this is on the table already:" in page(client, new(agreed, "free"))


@pytest.mark.parametrize(
    ("who", "listed"),
    [("student", 3), ("coach", 3), ("programme_coordinator", 3), ("godparent", 0)],
)
def test_the_list_holds_what_one_may_read(
    client: Client, agreed: World, who: str, listed: int
) -> None:
    free(agreed)
    free(agreed)
    client.force_login(getattr(agreed, who))

    html = page(client, f"/routes/{agreed.route.pk}/agreements/")

    assert html.count('class="quiet-title"') == listed
    assert ("Propose something" in html) == (who == "student")


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_reads_as_often_however_long_it_is(
    client: Client,
    agreed: World,
    items: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, items):
        agreement = free(agreed)
        Agreement.objects.filter(pk=agreement.pk).update(created_at=NOW + timedelta(minutes=number))
    client.force_login(agreed.student)

    with django_assert_num_queries(12):
        client.get(f"/routes/{agreed.route.pk}/agreements/")


def test_a_long_list_comes_in_pages(client: Client, agreed: World) -> None:
    for _ in range(26):
        free(agreed)
    client.force_login(agreed.student)

    html = page(client, f"/routes/{agreed.route.pk}/agreements/")

    assert html.count('class="quiet-title"') == 25
    assert "page=2" in html
