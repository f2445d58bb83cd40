"""Writing a start agreement together, in the browser."""

import pytest
from django.test import Client

from tests.worlds import NOW, World, with_a_draft, with_a_proposal, with_an_agreement
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, DraftSection, Revision, Signatory
from tussenstop.agreements.rules import Answer
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(world: World) -> None:
    Person.objects.update(language="en")


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def rows(key: str, *lines: dict[str, str]) -> dict[str, str]:
    return {
        f"{key}-{number}-{column}": cell
        for number, line in enumerate(lines)
        for column, cell in line.items()
    }


def test_a_partner_begins_it_once_from_the_list(client: Client, world: World) -> None:
    client.force_login(world.mentor)
    begin = f"/placements/{world.placement.pk}/start-agreement/"
    assert begin in page(client, f"/routes/{world.route.pk}/agreements/")

    first = client.post(begin)
    again = client.post(begin)

    assert first["Location"] == again["Location"]
    assert Agreement.objects.count() == 1
    assert begin not in page(client, f"/routes/{world.route.pk}/agreements/")
    assert client.get(begin).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("teacher", 302),
        ("coach", 403),
        ("godparent", 403),
        ("organisation_coordinator", 403),
        ("other_student", 404),
        ("stranger", 404),
    ],
)
def test_who_may_begin(client: Client, world: World, who: str, status: int) -> None:
    client.force_login(getattr(world, who))

    begin = f"/placements/{world.placement.pk}/start-agreement/"

    assert client.post(begin).status_code == status
    assert Agreement.objects.exists() == (status == 302)


def test_the_three_stand_side_by_side_and_who_is_awaited_is_named(
    client: Client, world: World
) -> None:
    agreement = drafts.begin_start_agreement(
        by=By(world.student), route=world.fresh(), placement=world.placement, now=NOW
    )
    client.force_login(world.mentor)

    html = page(client, f"/agreements/{agreement.pk}/")

    assert "What the student expects" in html
    assert "What the mentor expects" in html
    assert "What the programme expects" in html
    assert "Still empty:" in html
    assert f"/agreements/{agreement.pk}/part/expectations_mentor/" in html
    assert f"/agreements/{agreement.pk}/part/expectations_student/" not in html
    assert "Write my part" in html


def test_a_partner_writes_their_own_part(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.mentor)
    url = f"/agreements/{agreement.pk}/part/expectations_mentor/"
    assert "Wat Mo Mentor verwacht" in page(client, url)

    response = client.post(
        url, {"version": 1, "can_learn_here": "Alles.", "first_weeks": "Kijken."}, follow=True
    )

    html = response.content.decode()
    assert "Saved." in html
    assert "Kijken." in html
    assert "Written by Mo Mentor" in html


@pytest.mark.parametrize(
    ("who", "key", "status"),
    [
        ("mentor", "expectations_student", 403),
        ("mentor", "practical", 200),
        ("coach", "practical", 403),
        ("mentor", "nonsense", 404),
        ("other_mentor", "practical", 404),
    ],
)
def test_one_writes_ones_own_part_and_the_shared_ones(
    client: Client, world: World, who: str, key: str, status: int
) -> None:
    agreement = with_a_draft(world)
    client.force_login(getattr(world, who))

    url = f"/agreements/{agreement.pk}/part/{key}/"

    assert client.get(url).status_code == status
    posted = client.post(url, {"version": 0}).status_code
    assert posted == (302 if status == 200 else status)


def test_lines_are_plain_inputs_and_empty_ones_are_left_out(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.student)
    url = f"/agreements/{agreement.pk}/part/practical/"
    monday = {"day": "Maandag", "from_hour": "9u", "to_hour": "17u", "place": "Berk"}
    friday = {"day": "Vrijdag", "from_hour": "", "to_hour": "", "place": ""}

    client.post(
        url, {"version": 0, "swapping": "", **rows("days_and_times", monday, {"day": " "}, friday)}
    )

    draft = DraftSection.objects.get(agreement=agreement, key="practical")
    assert draft.values["days_and_times"] == [monday, friday]
    html = page(client, url)
    assert html.count('name="days_and_times-') == 4 * (2 + 3)


def test_more_lines_come_after_saving(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.student)
    url = f"/agreements/{agreement.pk}/part/practical/"
    lines = [{"day": f"Dag {n}", "from_hour": "", "to_hour": "", "place": ""} for n in range(3)]

    response = client.post(url, {"version": 0, "more": "1", **rows("days_and_times", *lines)})

    assert response["Location"] == url
    assert 'name="days_and_times-5-day"' in page(client, url)


def test_more_lines_than_the_form_showed_are_kept(client: Client, world: World) -> None:
    """Somebody else saved a shorter list while the form with more lines was open."""
    agreement = with_a_draft(world)
    client.force_login(world.student)
    lines = [{"day": f"Dag {n}", "from_hour": "", "to_hour": "", "place": ""} for n in range(9)]

    client.post(
        f"/agreements/{agreement.pk}/part/practical/",
        {"version": 0, **rows("days_and_times", *lines)},
    )

    draft = DraftSection.objects.get(agreement=agreement, key="practical")
    assert len(draft.values["days_and_times"]) == 9


def test_two_who_write_at_once_see_both_texts_and_lose_nothing(
    client: Client, world: World
) -> None:
    agreement = with_a_draft(world)
    drafts.save_section(
        by=By(world.mentor),
        agreement=agreement,
        key="practical",
        values={"swapping": "Een dag vooraf"},
        seen=0,
        now=NOW,
    )
    client.force_login(world.student)
    url = f"/agreements/{agreement.pk}/part/practical/"

    response = client.post(url, {"version": 0, "swapping": "Een week vooraf"})

    html = response.content.decode()
    assert response.status_code == 409
    assert "Mo Mentor saved this part while you were writing." in html
    assert "Een dag vooraf" in html
    assert 'value="Een week vooraf"' in html
    assert 'name="version" value="1"' in html
    both = {"version": 1, "swapping": "Een week vooraf, of een dag"}
    assert client.post(url, both).status_code == 302


def test_a_text_that_is_too_long_is_shown_again_as_typed(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.student)

    response = client.post(
        f"/agreements/{agreement.pk}/part/practical/",
        {"version": 0, "swapping": "x" * 401, **rows("days_and_times", {"day": "Maandag"})},
    )

    html = response.content.decode()
    assert "x" * 401 in html
    assert 'value="Maandag"' in html
    assert "Have another look at this:" in html


def test_the_whole_is_put_before_everybody(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.teacher)
    url = f"/agreements/{agreement.pk}/propose/"
    html = page(client, url)
    assert "Mo Mentor" in html
    assert "Why a new text?" not in html

    response = client.post(url, {"seen": 0}, follow=True)
    client.post(url, {"seen": 0})

    assert "Waiting for Sara Student and Mo Mentor." in response.content.decode()
    assert Revision.objects.count() == 1


def test_a_later_text_says_why(client: Client, world: World) -> None:
    first = with_a_proposal(world)
    consent.answer(
        by=By(world.mentor), revision=first, answer=Answer.CHANGE, reason="Uren.", now=NOW
    )
    client.force_login(world.student)
    url = f"/agreements/{first.agreement_id}/propose/"

    assert client.post(url, {"seen": 1}).status_code == 200
    client.post(url, {"seen": 1, "why": "Andere uren."})

    assert Revision.objects.get(number=2).why == "Andere uren."


def test_who_was_too_late_is_told_and_keeps_the_words(client: Client, world: World) -> None:
    first = with_a_proposal(world)
    consent.answer(by=By(world.teacher), revision=first, answer=Answer.NO, reason="Uren.", now=NOW)
    proposing.propose_start(by=By(world.student), agreement=first.agreement, seen=1, now=NOW)
    client.force_login(world.mentor)

    response = client.post(
        f"/agreements/{first.agreement_id}/propose/", {"seen": 1, "why": "Mijn woorden."}
    )

    assert response.status_code == 409
    assert "Somebody else just proposed a newer text." in response.content.decode()
    assert "Mijn woorden." in response.content.decode()
    assert 'name="seen" value="2"' in response.content.decode()


def test_the_route_must_have_its_people_first(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    world.part(world.teacher).delete()
    client.force_login(world.student)

    response = client.post(f"/agreements/{agreement.pk}/propose/", {"seen": 0})

    assert response.status_code == 409
    assert "There is no teacher who said yes." in response.content.decode()


def test_a_manager_is_asked_too_and_can_be_let_off(client: Client, world: World) -> None:
    agreement = with_a_draft(world)
    client.force_login(world.mentor)
    url = f"/agreements/{agreement.pk}/signatories/"
    wrong = client.post(url, {"name": "Mo", "email": world.mentor.email, "capacity": "chef"})
    assert wrong.status_code == 409
    assert 'value="chef"' in wrong.content.decode()

    typed = {"name": "Kristof Leiding", "email": "kristof@example.org", "capacity": "manager"}
    client.post(url, typed)
    client.post(url, typed)

    one = Signatory.objects.get()
    assert "Kristof Leiding" in page(client, f"/agreements/{agreement.pk}/")
    assert "manager" in page(client, f"/agreements/{agreement.pk}/propose/")
    client.post(f"{url}{one.pk}/remove/")
    assert not Signatory.objects.exists()


def test_when_contested_one_goes_back_to_the_parts(client: Client, world: World) -> None:
    revision = with_a_proposal(world)
    consent.answer(
        by=By(world.mentor),
        revision=revision,
        answer=Answer.CHANGE,
        section="practical",
        reason="Vrijdag kan niet.",
        now=NOW,
    )
    client.force_login(world.student)
    parts = f"/agreements/{revision.agreement_id}/parts/"
    assert parts in page(client, f"/agreements/{revision.agreement_id}/")

    html = page(client, parts)

    assert html.count("Vrijdag kan niet.") == 2  # on top, and beside its part


def test_what_holds_is_succeeded_by_a_text_of_its_own(client: Client, world: World) -> None:
    revision = with_an_agreement(world)
    client.force_login(world.mentor)
    url = f"/agreements/{revision.agreement_id}/"
    assert client.get(f"{url}parts/").status_code == 302
    assert f"{url}succeed/" in page(client, url)

    response = client.post(f"{url}succeed/", follow=True)

    assert "Wat Mo Mentor verwacht" in response.content.decode()
    successor = Agreement.objects.get(succeeds=revision.agreement_id)
    assert f"/agreements/{successor.pk}/" in page(client, url)
    assert "agreed" in page(client, url)


def test_what_holds_is_not_written_in(client: Client, world: World) -> None:
    revision = with_an_agreement(world)
    client.force_login(world.student)

    response = client.post(
        f"/agreements/{revision.agreement_id}/part/practical/",
        {"version": 0, "swapping": "Nog iets"},
    )

    assert response.status_code == 409
    assert "Nog iets" in response.content.decode()
    assert DraftSection.objects.get(key="practical").version == 0
