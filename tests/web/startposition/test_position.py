"""Telling a starting position in the browser, and what others get to see."""

import pytest
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.factories import CompetenceFactory
from tests.startposition.telling import (
    CANARIES,
    shares,
    shares_everything_with,
    tells,
    tells_everything,
    tells_side,
)
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.startposition.models import Part, Sharing, Side

pytestmark = pytest.mark.django_db


def url(name: str, world: World, *more: str) -> str:
    return reverse(name, args=[world.route.pk, *more])


def test_the_overview_invites_to_begin_and_then_to_go_on(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url("position", world)).content.decode()
    assert "Only you see this." in page
    assert f'<a class="button primary" href="{url("position_part", world, "time")}">Begin' in page
    tells(world, "time", {"lessons": "dinsdag"})
    page = signed_in(world.student).get(url("position", world)).content.decode()
    assert "Go on with: Balance" in page


def test_a_part_is_saved_and_leads_to_the_next(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.student)
    answer = browser.post(
        url("position_part", world, "time"),
        {
            "version": "0",
            "q_work_percentage": "80",
            "q_work_pattern": "shifts",
            "q_week-1-morning": "taken",
            "q_week-3-evening": "free",
            "q_transport": ["bicycle", "car"],
        },
    )
    assert answer.headers["Location"] == url("position_part", world, "balance")
    assert Part.objects.get().answers == {
        "work_percentage": 80,
        "work_pattern": "shifts",
        "week": {"1": {"morning": "taken"}, "3": {"evening": "free"}},
        "transport": ["bicycle", "car"],
    }
    page = browser.get(url("position_part", world, "time")).content.decode()
    assert 'value="80"' in page
    assert '<option value="taken" selected>' in page


def test_one_can_stop_halfway_and_come_back(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.student).post(
        url("position_part", world, "motivation"),
        {"version": "0", "q_why_now": "Omdat het kan.", "later": "yes"},
    )
    assert answer.headers["Location"] == url("position", world)


def test_motive_cards_lie_on_piles_and_own_ones_beside_them(
    world: World, signed_in: SignIn
) -> None:
    signed_in(world.student).post(
        url("position_part", world, "motivation"),
        {
            "version": "0",
            "q_motives-craft": "strong",
            "q_motives-diploma": "some",
            "q_motives-security": "",
            "q_motives-own-0": "Voor mijn dochter",
        },
    )
    assert Part.objects.get().answers == {
        "motives": {"cards": {"craft": "strong", "diploma": "some"}, "own": ["Voor mijn dochter"]}
    }


def test_competences_are_claimed_with_where_one_did_it(world: World, signed_in: SignIn) -> None:
    one = CompetenceFactory(programme=world.programme, code="K1")
    CompetenceFactory(programme=world.programme, code="K2")
    signed_in(world.student).post(
        url("position_part", world, "talents"),
        {
            "version": "0",
            f"q_competences-{one.pk}": "on",
            f"q_competences-{one.pk}-where": "In de jeugdbeweging",
            "q_examples-0-what": "Luisteren",
            "q_examples-0-example": "Aan de balie",
        },
    )
    answers = Part.objects.get().answers
    assert [(c["code"], c["where"]) for c in answers["competences"]] == [
        ("K1", "In de jeugdbeweging")
    ]
    assert answers["examples"] == [{"what": "Luisteren", "example": "Aan de balie"}]


def test_only_the_questions_of_ones_own_context_are_asked(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url("position_part", world, "context")).content.decode()
    assert "What kind of workplace are you looking for?" in page
    assert "Which job do you hope for" not in page


def test_an_impossible_answer_is_said_beside_the_field_and_the_rest_stays(
    world: World, signed_in: SignIn
) -> None:
    answer = signed_in(world.student).post(
        url("position_part", world, "time"),
        {"version": "0", "q_work_percentage": "300", "q_lessons": "Op dinsdag"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "At most 100, please." in page
    assert "Op dinsdag" in page
    assert not Part.objects.exists()


def test_it_saves_itself_while_one_writes(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.student)
    address = url("position_part", world, "motivation")
    answer = browser.post(
        address, {"version": "0", "q_why_now": "Omdat"}, headers={"HX-Request": "true"}
    )
    assert "Saved at 10:00" in answer.content.decode()
    assert 'id="id_version" value="1"' in answer.content.decode()
    answer = browser.post(
        address, {"version": "1", "q_why_now": "Omdat het nu kan"}, headers={"HX-Request": "true"}
    )
    assert 'value="2"' in answer.content.decode()
    assert Part.objects.get().answers == {"why_now": "Omdat het nu kan"}


def test_what_can_not_be_saved_by_itself_is_said(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.student).post(
        url("position_part", world, "time"),
        {"version": "0", "q_work_percentage": "300"},
        headers={"HX-Request": "true"},
    )
    assert "Not saved yet" in answer.content.decode()


def test_another_window_loses_nothing(world: World, signed_in: SignIn) -> None:
    tells(world, "motivation", {"why_now": "eerst"})
    browser, address = signed_in(world.student), url("position_part", world, "motivation")
    answer = browser.post(address, {"version": "0", "q_why_now": "later"})
    assert answer.status_code == 422
    assert "You saved this in another window meanwhile" in answer.content.decode()
    assert "later" in answer.content.decode()
    assert Part.objects.get().answers == {"why_now": "eerst"}
    browser.post(address, {"version": "1", "q_why_now": "later"})
    assert Part.objects.get().answers == {"why_now": "later"}


def test_the_switches_propose_everything_but_the_private_part(
    world: World, signed_in: SignIn
) -> None:
    page = signed_in(world.student).get(url("position_sharing", world)).content.decode()
    assert "Nothing is shared yet." in page
    assert 'name="motivation" value="mentor" id="id_motivation_0" checked' in page
    assert 'name="balance" value="mentor" id="id_balance_0">' in page
    assert not Sharing.objects.exists()


def test_choosing_shares_exactly_what_was_ticked(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.student).post(
        url("position_sharing", world), {"version": "0", "motivation": ["mentor", "coach"]}
    )
    assert answer.headers["Location"] == url("position", world)
    shared = Sharing.objects.get().shared
    assert {key: some for key, some in shared.items() if some} == {
        "motivation": ["mentor", "coach"]
    }


def test_choosing_in_two_windows_asks_to_look_once_more(world: World, signed_in: SignIn) -> None:
    shares(world, motivation=["mentor"])
    browser = signed_in(world.student)
    answer = browser.post(url("position_sharing", world), {"version": "0", "time": ["coach"]})
    assert answer.status_code == 422
    assert "You chose differently in another window" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


PAGES = ["position", "position_summary", "sides", "route", "route_history"]
ELSEWHERE = ["mentor", "teacher", "coach", "organisation_coordinator", "programme_coordinator"]


def everything_read(browser: ReadingClient, world: World) -> str:
    """All pages about the route as one text."""
    return "".join(browser.get(url(name, world)).content.decode() for name in PAGES)


@pytest.mark.parametrize("who", ELSEWHERE)
def test_what_is_not_shared_stands_on_no_page_of_anybody_else(
    world: World, signed_in: SignIn, who: str
) -> None:
    tells_everything(world)
    shares_everything_with(world)
    seen = everything_read(signed_in(getattr(world, who)), world)  # type: ignore[arg-type]
    assert [canary for canary in CANARIES.values() if canary in seen] == []


def test_the_mentor_reads_what_is_shared_with_them(world: World, signed_in: SignIn) -> None:
    tells_everything(world)
    shares(world, motivation=["mentor"], expectations=["mentor"], balance=["coach"])
    seen = everything_read(signed_in(world.mentor), world)  # type: ignore[arg-type]
    found = {key for key, canary in CANARIES.items() if canary in seen}
    assert found == {"motivation", "expectations"}


def test_the_preview_is_what_the_audience_gets(world: World, signed_in: SignIn) -> None:
    tells_everything(world)
    shares(world, motivation=["mentor"])
    page = signed_in(world.student).get(url("position_as", world, "mentor")).content.decode()
    assert "This is what your mentor sees" in page
    assert CANARIES["motivation"] in page
    assert CANARIES["balance"] not in page
    assert signed_in(world.student).get(url("position_as", world, "boss")).status_code == 404


def test_the_summary_is_there_as_pdf(world: World, signed_in: SignIn) -> None:
    tells_everything(world)
    shares(world, motivation=["mentor"])
    answer = signed_in(world.mentor).get(url("position_pdf", world))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "starting-position-sara-student.pdf" in answer.headers["Content-Disposition"]


def test_a_look_at_the_starting_position_is_written_down(world: World, signed_in: SignIn) -> None:
    signed_in(world.mentor).get(url("position", world))
    page = signed_in(world.student).get(reverse("route_sight", args=[world.route.pk]))
    assert "Mo Mentor" in page.content.decode()


def test_a_mentor_tells_their_side_once_and_the_others_read_it(
    world: World, signed_in: SignIn
) -> None:
    browser = signed_in(world.mentor)
    answer = browser.post(
        url("side", world), {"version": "0", "q_who": "Ik ben Mo.", "q_rhythm": "weekly"}
    )
    assert answer.headers["Location"] == url("sides", world)
    assert Side.objects.get().answers == {"who": "Ik ben Mo.", "rhythm": "weekly"}
    assert "Ik ben Mo." in signed_in(world.student).get(url("sides", world)).content.decode()
    again = browser.post(url("side", world), {"version": "0", "q_who": "Iets anders"})
    assert again.status_code == 422


def test_differences_are_marked_for_the_start_conversation(world: World, signed_in: SignIn) -> None:
    tells(world, "expectations", {"rhythm": "every_day"})
    tells_side(world, world.mentor, "mentor", rhythm="when_needed")
    page = signed_in(world.student).get(url("sides", world)).content.decode()
    assert "On 1 point you see it differently." in page
    assert "differs: talk about it" in page


def test_growth_shows_then_and_now(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url("position_growth", world)).content.decode()
    assert "Nothing changed yet" in page


def test_the_stop_leads_to_its_pages(world: World, signed_in: SignIn) -> None:
    stop = reverse("stop", args=[world.stop("start_conversation").pk])
    page = signed_in(world.student).get(stop).content.decode()
    assert url("sides", world) in page
    assert url("position", world) in page
