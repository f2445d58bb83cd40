"""The pages of what is written together, of given questions, and of own forms."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.reflection.test_handover import a_new_mentor, leaves
from tests.reflection.writing import CANARY, agrees, begins_loop, hands_on, invites
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.reflection.actions import pairing
from tussenstop.reflection.models import Loop, LoopText, OwnForm, OwnPrompt, TwoPage
from tussenstop.reflection.rules import MOST_STEPS, Column

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def test_a_loop_is_begun_and_handed_on(student: Client, mentor: Client, world: World) -> None:
    begin = reverse("loop_begin", args=[world.route.pk])
    assert "You look back" in student.get(begin).text
    key = str(uuid7())
    data = {"key": key, "about": "De balie", "mentor": world.mentor.pk, "coach": world.coach.pk}
    assert "your turn" in student.post(begin, data, follow=True).text
    student.post(begin, data)
    url = reverse("loop", args=[key])
    step = {"version": "0", "step": "look_back", "text": CANARY}
    student.post(url, step)
    assert CANARY not in mentor.get(url).text
    waits = "It is your turn in a shared reflection"
    assert waits not in mentor.get(reverse("today")).text
    student.post(url, {**step, "version": "1", "hand_on": "yes"})
    assert CANARY in mentor.get(url).text
    assert waits in mentor.get(reverse("today")).text
    assert Loop.objects.get().step == 1


def test_what_came_too_late_is_shown_to_copy(student: Client, world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back", "doorgegeven")
    url = reverse("loop", args=[loop.pk])
    late = {"version": "0", "step": "look_back", "text": CANARY, "hand_on": "yes"}
    response = student.post(url, late)
    assert response.status_code == 409
    assert CANARY in response.text
    assert LoopText.objects.get().text == "doorgegeven"


def test_the_overview_and_the_end(student: Client, mentor: Client, world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back")
    end = reverse("loop_end", args=[loop.pk])
    assert "Ended on" in student.post(end, follow=True).text
    assert CANARY in mentor.get(reverse("loop", args=[loop.pk])).text


def test_two_windows_of_a_step_show_both(student: Client, world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back", "eerste", hand_on=False)
    url = reverse("loop", args=[loop.pk])
    response = student.post(url, {"version": "0", "step": "look_back", "text": "tweede"})
    assert response.status_code == 422
    assert "eerste" in response.text
    assert "tweede" in response.text


def test_a_page_of_two_from_asking_to_writing(
    student: Client, mentor: Client, world: World
) -> None:
    invite, key = reverse("two_page_invite", args=[world.route.pk]), str(uuid7())
    student.post(invite, {"key": key, "about": "Vrijdagen", "mentor": world.mentor.pk})
    url = reverse("two_page", args=[key])
    student.post(reverse("two_page_write", args=[key, "student"]), {"version": "0", "text": CANARY})
    page = mentor.get(url).text
    assert "would like to look back on this together" in page
    assert CANARY not in page
    assert "Somebody would like to reflect together" in mentor.get(reverse("today")).text
    mentor.post(reverse("two_page_answer", args=[key]), {"answer": "yes"})
    assert CANARY in mentor.get(url).text
    common = reverse("two_page_write", args=[key, "common"])
    mentor.post(common, {"version": "0", "text": "van de mentor"})
    response = student.post(common, {"version": "0", "text": "van de student"})
    assert response.status_code == 409
    assert "van de mentor" in response.text
    assert "van de student" in response.text
    student.post(common, {"version": "1", "text": "van ons"})
    assert "van ons" in mentor.get(url).text
    assert "van de mentor" in student.get(common).text
    mentor.post(reverse("two_page_end", args=[key]))
    assert "Ended on" in student.get(url).text
    assert TwoPage.objects.get().ended_at


def test_nobody_opens_the_field_of_the_other(mentor: Client, world: World) -> None:
    page = agrees(world, invites(world))
    pairing.write(
        by=By(world.student), page=page, column=Column.STUDENT, text=CANARY, seen=0, now=NOW
    )
    assert mentor.get(reverse("two_page_write", args=[page.pk, "student"])).status_code == 403
    assert mentor.get(reverse("two_page_write", args=[page.pk, "nonsense"])).status_code == 404


def test_a_mentor_gives_a_question(student: Client, mentor: Client, world: World) -> None:
    url = reverse("route_suggest", args=[world.route.pk])
    assert mentor.post(url, {"key": str(uuid7()), "text": ""}).status_code == 422
    mentor.post(url, {"key": str(uuid7()), "text": "Wie verraste je?", "theme": ""})
    listed = student.get(reverse("route_reflection", args=[world.route.pk])).text
    assert "Wie verraste je?" in listed
    assert "from Mo Mentor" in listed
    student.post(reverse("journal_prompt_remove", args=[OwnPrompt.objects.get().pk]))
    again = student.get(reverse("route_reflection", args=[world.route.pk])).text
    assert "Wie verraste je?" not in again


def test_one_gives_oneself_a_question(student: Client) -> None:
    url = reverse("journal_prompts")
    data = {"key": str(uuid7()), "text": "Wat vertel ik thuis?", "theme": "motivation"}
    text = student.post(url, data, follow=True).text
    assert "Wat vertel ik thuis?" in text
    assert "Motivation" in text


def test_an_institution_makes_and_changes_a_form(
    signed_in: SignIn, student: Client, world: World
) -> None:
    leader = signed_in(world.programme_coordinator)
    add = reverse("own_form_add", args=[world.institution.pk])
    empty = {
        f"{name}_{n}": ""
        for name in ("question_nl", "question_en", "hint_nl", "hint_en")
        for n in range(MOST_STEPS)
    }
    data = {**empty, "key": str(uuid7()), "name_nl": "", "name_en": "Ours", "about": ""}
    refused = leader.post(add, data)
    assert refused.status_code == 422
    assert "Ours" in refused.text
    leader.post(add, {**data, "question_en_0": "What did you see?"})
    assert "Ours" in student.get(reverse("journal")).text
    row = OwnForm.objects.get()
    change = reverse("own_form", args=[row.pk])
    assert "What did you see?" in leader.get(change).text
    newer = {**data, "key": str(uuid7()), "name_en": "Ours, anew", "question_en_0": "And now?"}
    leader.post(change, newer)
    page = leader.get(reverse("own_forms", args=[world.institution.pk])).text
    assert "Ours, anew" in page
    assert OwnForm.objects.filter(retired_at=None).count() == 1
    leader.post(reverse("own_form_retire", args=[OwnForm.objects.get(retired_at=None).pk]))
    assert "Ours, anew" not in student.get(reverse("journal")).text


def test_the_mentor_left_and_the_student_chooses_who_goes_on(
    student: Client, signed_in: SignIn, world: World
) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back")
    url, place = reverse("loop", args=[loop.pk]), reverse("loop_place", args=[loop.pk])
    leaves(world, world.mentor)
    assert "who goes on with you?" in student.get(reverse("today")).text
    text = student.get(url).text
    assert "Mo Mentor no longer travels along" in text
    assert "you can ask them here" in text
    assert (
        "you choose who goes on"
        in student.get(reverse("route_reflection", args=[world.route.pk])).text
    )
    new = a_new_mentor(world)
    data = {"seat": "mentor", "mentor-person": str(new.pk)}
    unsure = student.post(place, data)
    assert unsure.status_code == 422
    chosen = unsure.text.split(f'value="{new.pk}"')[1].split(">")[0]
    assert "checked" in chosen
    for _twice in range(2):
        student.post(place, {**data, "mentor-before": "no"})
    theirs = signed_in(new).get(url).text
    assert "chose to keep it among those who were there" in theirs
    assert CANARY not in theirs
    assert "your turn" in theirs
    assert "Show what came before too" in student.get(url).text
    student.post(reverse("loop_show_before", args=[loop.pk]), {"seat": "mentor"})
    assert CANARY in signed_in(new).get(url).text


def test_a_place_that_nobody_knows_is_not_filled(student: Client, world: World) -> None:
    place = reverse("loop_place", args=[begins_loop(world).pk])
    for seat in ("", "student", "baas"):
        assert student.post(place, {"seat": seat}).status_code == 404


def test_what_a_coach_asks_the_student_is_no_business_of_the_mentor(
    signed_in: SignIn, student: Client, mentor: Client, world: World
) -> None:
    coach = signed_in(world.coach)
    suggest = reverse("route_suggest", args=[world.route.pk])
    coach.post(suggest, {"key": str(uuid7()), "text": "Wat houdt je wakker?"})
    page = reverse("route_reflection", args=[world.route.pk])
    assert "Wat houdt je wakker?" in student.get(page).text
    assert "Wat houdt je wakker?" in coach.get(page).text
    assert "Wat houdt je wakker?" not in mentor.get(page).text
