"""How one is doing, as people meet it: free to choose, thirty seconds, and always somebody to talk to."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.calendars.test_actions import puts
from tests.calendars.test_busy import entry
from tests.factories import MembershipFactory, PersonFactory
from tests.reflection.writing import writes
from tests.web.conftest import SignIn
from tests.wellbeing.telling import CANARY, asks, opted_in, shares, tells
from tests.worlds import NOW, World
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Stop
from tussenstop.web.wellbeing.desk import PROMISES, QUESTIONS
from tussenstop.wellbeing.actions import asking, coaching, own
from tussenstop.wellbeing.models import CheckIn, Choice, Look, Question, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def coach(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.coach)


def typed(level: int = 3, **changes: str) -> dict[str, str]:
    answers = {item: str(level) for item in pack().check_in}
    return {"key": str(uuid7()), **answers, "word": CANARY, **changes}


def test_today_leads_there_and_both_answers_are_equal(student: Client) -> None:
    assert reverse("wellbeing") in student.get("/").text
    text = student.get(reverse("wellbeing")).text
    assert '<button class="button" name="answer" value="yes">' in text
    assert '<button class="button" name="answer" value="no">' in text
    assert "primary" not in text


def test_from_yes_to_one_s_own_course(student: Client) -> None:
    choose = reverse("wellbeing_choose")
    text = student.post(choose, {"answer": "yes"}, follow=True).text
    assert "How were the past days?" in text
    text = student.post(reverse("wellbeing_check_in"), typed(), follow=True).text
    assert CANARY in text
    assert "polyline" not in text  # one moment is a point
    assert text.count('r="4"') == len(pack().check_in)
    assert "What may help" in text
    assert "numbers that always help" in text


def test_beside_one_s_course_stands_what_happened_on_the_route(
    student: Client, world: World
) -> None:
    tells(world.student)
    assert "What happened on your route" not in student.get(reverse("wellbeing")).text
    Stop.objects.filter(pk=world.stop("onboarding").pk).update(done_at=NOW)
    Stop.objects.filter(pk=world.stop("interim").pk).update(starts_at=NOW + timedelta(days=7))
    text = student.get(reverse("wellbeing")).text
    told = text.partition("What happened on your route")[2]
    assert "Onboarding" in told
    assert "30 November" in told
    assert told.count(">planned<") == 1


def test_who_shares_from_now_on_reads_so_before_and_after_filling_in(
    student: Client, world: World
) -> None:
    opted_in(world.student)
    now = reverse("wellbeing_check_in")
    assert "For you alone." in student.get(now).text

    shares(world.student, world.coach)

    text = student.get(now).text
    assert world.coach.name in text
    assert "alone" not in text
    said = student.post(now, typed(), follow=True).text
    assert world.coach.name in said


def test_after_a_no_today_is_silent_and_the_account_still_leads_there(student: Client) -> None:
    text = student.post(reverse("wellbeing_choose"), {"answer": "no"}, follow=True).text
    assert "Nothing changes for you" in text
    assert "Yes, I want that" in text
    assert reverse("wellbeing") not in student.get("/").text
    assert reverse("wellbeing") in student.get(reverse("account")).text
    assert student.get(reverse("wellbeing_check_in")).status_code == 404


def test_an_answer_that_is_neither_yes_nor_no_decides_nothing(student: Client) -> None:
    assert student.post(reverse("wellbeing_choose"), {"answer": "maybe"}).status_code == 400
    assert not Choice.objects.exists()


def test_a_forgotten_sentence_is_told_beside_it_and_the_rest_stays(
    student: Client, world: World
) -> None:
    opted_in(world.student)
    response = student.post(reverse("wellbeing_check_in"), typed(energy=""))
    assert response.status_code == 422
    assert "Choose what fits best." in response.text
    assert CANARY in response.text
    assert response.text.count("checked") == len(pack().check_in) - 1


def test_what_one_notices_is_said_without_a_judgement(student: Client, world: World) -> None:
    for days, level in ((20, 4), (10, 3), (1, 2)):
        tells(world.student, level, days_ago=days)
    text = student.get(reverse("wellbeing")).text
    assert "Three times in a row it was a bit less." in text
    assert "polyline" in text
    assert "Three times in a row" in student.get("/").text
    student.post(reverse("wellbeing_quiet"))
    assert "Three times in a row" not in student.get("/").text


def test_a_moment_can_be_shared_looked_at_and_taken_back(
    student: Client, coach: Client, world: World
) -> None:
    told = tells(world.student)
    page = reverse("coach_person", args=[world.student.pk])
    assert coach.get(page).status_code == 404
    url = reverse("wellbeing_share") + f"?one={told.pk}"
    text = student.post(url, {"coach": str(world.coach.pk), "how": "one"}, follow=True).text
    assert "Bram Coach can read it now." in text
    assert CANARY in coach.get(page).text
    assert "Bram Coach" in student.get(reverse("wellbeing_looks")).text
    assert Look.objects.count() == 1
    stop = reverse("wellbeing_share_stop", args=[Share.objects.get().pk])
    assert "read it any more" in student.post(stop, follow=True).text
    assert coach.get(page).status_code == 404


def test_help_is_asked_answered_and_followed_up(
    student: Client, coach: Client, world: World
) -> None:
    text = student.get(reverse("wellbeing_ask")).text
    assert "How soon Bram Coach answers, we don" in text
    typed_ = {
        "key": str(uuid7()),
        "coach": str(world.coach.pk),
        "what": "Kunnen we praten?",
        "urgency": "today",
        "reach": "Bel na 17 u",
    }
    student.post(reverse("wellbeing_ask"), typed_)
    student.post(reverse("wellbeing_ask"), typed_)
    question = Question.objects.get()
    assert "1 question waits for you" in coach.get("/").text
    desk = coach.get(reverse("coach_desk")).text
    assert "Sara Student" in desk
    assert "Kunnen we praten?" not in desk
    page = reverse("coach_person", args=[world.student.pk])
    assert "Bel na 17 u" in coach.get(page).text
    empty = coach.post(reverse("coach_answer", args=[question.pk]), {"key": str(uuid7())})
    assert empty.status_code == 422
    answer = {"key": str(uuid7()), "text": "Ja, graag"}
    coach.post(reverse("coach_answer", args=[question.pk]), answer)
    promise = {"key": str(uuid7()), "what": "Ik bel", "due_on": "2026-11-25"}
    coach.post(reverse("coach_promise", args=[world.student.pk]), promise)
    coach.post(
        reverse("coach_note", args=[world.student.pk]), {"key": str(uuid7()), "text": "Zacht"}
    )
    assert "Zacht" in coach.get(page).text
    text = student.get(reverse("wellbeing_question", args=[question.pk])).text
    assert "Ja, graag" in text
    own = student.get(reverse("wellbeing")).text
    assert "Ik bel" in own
    assert "Zacht" not in own
    student.post(reverse("wellbeing_withdraw"))
    assert "Sara Student" not in coach.get(reverse("coach_desk")).text
    assert coach.get(page).status_code == 404


def test_silence_after_a_question_is_told_to_who_asked(student: Client, world: World) -> None:
    question = asks(world.student, world.coach, now=NOW - timedelta(days=9))
    assert "did not answer you yet" in student.get("/").text
    assert "That is not because of your question." in student.get(reverse("wellbeing")).text
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    assert "did not answer you yet" not in student.get("/").text


def leaves(coach: Person) -> None:
    coach.memberships.update(until=NOW)
    coach.participations.update(ended_at=NOW)


def test_an_answer_of_a_coach_stands_on_today_and_none_of_its_words(
    student: Client, world: World
) -> None:
    student.post(reverse("wellbeing_choose"), {"answer": "no"})
    question = asks(world.student, world.coach)
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text=CANARY, now=NOW)
    text = student.get("/").text
    assert reverse("wellbeing_question", args=[question.pk]) in text
    assert CANARY not in text


def test_who_asked_a_coach_who_left_is_led_to_somebody_else(student: Client, world: World) -> None:
    question = asks(world.student, world.coach)
    page = reverse("wellbeing_question", args=[question.pk])
    assert 'name="text"' in student.get(page).text
    leaves(world.coach)
    for address in ("/", reverse("wellbeing"), page):
        text = student.get(address).text
        assert "is no longer your coach" in text
        assert reverse("wellbeing_ask") in text
    assert 'name="text"' not in student.get(page).text
    refused = student.post(page, {"key": str(uuid7()), "text": "Ben je daar nog?"})
    assert refused.status_code == 422
    assert "Ben je daar nog?" in refused.text  # what was typed meanwhile stays


def test_who_left_reads_what_is_theirs_and_is_offered_nothing_that_ends_nowhere(
    signed_in: SignIn, world: World
) -> None:
    tells(world.mentor)
    world.mentor.memberships.update(until=NOW)
    world.mentor.participations.update(ended_at=NOW)
    client = signed_in(world.mentor)
    text = client.get(reverse("wellbeing")).text
    assert CANARY in text
    for name in ("wellbeing_check_in", "wellbeing_share", "wellbeing_rhythm"):
        assert f'"{reverse(name)}"' not in text
    assert client.get(reverse("wellbeing_check_in")).status_code == 404
    assert reverse("wellbeing_check_in") not in client.get("/").text


def test_what_lies_further_back_than_the_course_can_still_be_read_and_deleted(
    student: Client, world: World
) -> None:
    old, *_rest = [
        tells(world.student, days_ago=days, word=f"oud{days}") for days in range(385, 245, -5)
    ]
    text = student.get(reverse("wellbeing")).text
    assert "oud" not in text
    assert reverse("wellbeing_times") in text
    times = reverse("wellbeing_times")
    assert "oud250" in student.get(times).text
    assert "oud385" not in student.get(times).text
    text = student.get(times, {"page": 2}).text
    assert "oud385" in text
    assert reverse("wellbeing_moment", args=[old.pk]) in text


def test_a_year_of_every_day_is_no_endless_page(student: Client, world: World) -> None:
    for days in range(60, -1, -1):
        tells(world.student, days_ago=days, word=f"dag{days}")
    text = student.get(reverse("wellbeing")).text
    assert "dag3" in text
    assert "dag4" not in text
    assert text.count("<circle") > 60 * len(pack().check_in) - 1  # the drawing holds them all


@pytest.mark.parametrize("name", ["wellbeing_check_in", "wellbeing_ask", "journal_new", "journal"])
def test_a_browser_that_others_use_keeps_no_word_of_it_to_suggest(
    student: Client, world: World, name: str
) -> None:
    opted_in(world.student)
    writes(world)
    main = student.get(reverse(name)).text.partition("<main")[2]
    lines = re.findall(r'<input[^>]*type="(?:text|search)"[^>]*>', main)
    assert lines
    assert [one for one in lines if 'autocomplete="off"' not in one] == []


@pytest.mark.parametrize("name", ["coach_answer", "coach_note"])
def test_what_a_coach_typed_while_it_was_taken_back_is_not_lost_for_them(
    signed_in: SignIn, world: World, name: str
) -> None:
    question = asks(world.student, world.coach)
    key = question.pk if name == "coach_answer" else world.student.pk
    own.withdraw(by=By(world.student), now=NOW)
    typed = {"key": str(uuid7()), "text": "Een lang en zorgvuldig antwoord."}
    response = signed_in(world.coach).post(reverse(name, args=[key]), typed)
    assert response.status_code == 404
    assert typed["text"] in response.text
    assert world.student.name not in response.text
    other = signed_in(world.teacher).post(reverse(name, args=[key]), typed)
    assert other.status_code == 404
    assert typed["text"] not in other.text


def test_a_coach_finds_where_to_plan_a_mediation_only_on_routes_of_both(
    signed_in: SignIn, world: World
) -> None:
    asks(world.student, world.coach)
    page = signed_in(world.coach).get(reverse("coach_person", args=[world.student.pk])).text
    plan = reverse("conversation_plan", args=[world.route.pk])
    assert f"{plan}?kind=mediation" in page
    assert signed_in(world.coach).get(f"{plan}?kind=mediation").status_code == 200
    colleague = PersonFactory()
    MembershipFactory(person=colleague, role=Role.COACH, institution=world.institution)
    asks(world.student, colleague)
    page = signed_in(colleague).get(reverse("coach_person", args=[world.student.pk])).text
    assert plan not in page


def test_the_numbers_stand_open_for_everybody(world: World) -> None:
    text = Client().get(reverse("talk")).text
    for number in ("tel:112", "tel:1813", "tel:106", "tel:102"):
        assert number in text
    assert "28 november 2026" in text


def _counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def test_one_more_check_in_costs_no_more_queries(student: Client, world: World) -> None:
    tells(world.student, days_ago=20)
    student.get(reverse("wellbeing"))
    with _counted() as one:
        student.get(reverse("wellbeing"))
    for days in (10, 5):
        tells(world.student, days_ago=days)
    with _counted() as three:
        student.get(reverse("wellbeing"))
    assert len(one) == len(three)


def test_the_desk_costs_the_same_for_one_as_for_three(coach: Client, world: World) -> None:
    def another() -> None:
        person = PersonFactory()
        MembershipFactory(person=person, role=Role.STUDENT, institution=world.institution)
        shares(person, world.coach, tells(person))
        asks(person, world.coach)

    another()
    coach.get(reverse("coach_desk"))
    with _counted() as one:
        coach.get(reverse("coach_desk"))
    another()
    another()
    with _counted() as three:
        text = coach.get(reverse("coach_desk")).text
    assert text.count("Read and answer") == 3
    assert len(one) == len(three)
    assert CheckIn.objects.count() == 3


def test_the_page_of_groups_mostly_says_why_it_is_empty(signed_in: SignIn, world: World) -> None:
    client = signed_in(world.programme_coordinator)
    text = client.get(reverse("wellbeing_groups", args=[world.institution.pk])).text
    assert "Mostly this page tells nothing" in text
    assert "There is no quarter yet" in text
    assert reverse("wellbeing_groups", args=[world.institution.pk]) in (
        client.get(reverse("institution", args=[world.institution.pk])).text
    )


def test_the_desk_shows_everything_page_by_page(coach: Client, world: World) -> None:
    """Nobody who asked falls off the desk, and each list turns its own pages."""
    names = [f"Vraagt {number:02}" for number in range(QUESTIONS + 1)]
    for name in names:
        person = PersonFactory(name=name)
        MembershipFactory(person=person, role=Role.STUDENT, institution=world.institution)
        asks(person, world.coach)
    asked = Question.objects.order_by("asked_at", "pk").first()
    assert asked
    for number in range(PROMISES + 1):
        coaching.promise(
            by=By(world.coach),
            person=asked.person,
            key=uuid7(),
            what=f"Beloofd {number:02}",
            due_on=NOW.date() + timedelta(days=number),
            now=NOW,
        )
    desk = reverse("coach_desk")
    first = coach.get(desk).text
    assert first.count("Read and answer") == QUESTIONS
    assert f"Beloofd {PROMISES:02}" not in first
    second = coach.get(desk, {"questions": "2", "promises": "2"}).text
    assert second.count("Read and answer") == 1
    assert f"Beloofd {PROMISES:02}" in second
    assert "Beloofd 00" not in second
    assert "?promises=2&amp;questions=1" in second


def a_week_of(person: Person, monday: date, hours: int) -> None:
    """Work on two days."""
    for day in (monday, monday + timedelta(days=2)):
        once = replace(entry(Kind.WORK, 8, 8 + hours // 2, day), days=[], every_weeks=Repeat.ONCE)
        puts(person, once)


def test_without_a_limit_a_month_is_held_against_one_s_own_weeks(
    student: Client, world: World
) -> None:
    tells(world.student, days_ago=20)
    here = NOW.date() - timedelta(days=NOW.weekday())
    for week in range(1, 6):
        a_week_of(world.student, here - timedelta(weeks=week), 16)
    a_week_of(world.student, here + timedelta(weeks=1), 18)
    text = student.get(reverse("wellbeing")).text
    assert "fuller than your weeks usually are" not in text  # a little is nothing to speak of
    a_week_of(world.student, here + timedelta(weeks=2), 24)
    text = student.get(reverse("wellbeing")).text
    assert "1 week of the coming month is clearly fuller than your weeks usually are." in text
    assert "about 16 hours a week" in text


def test_of_a_few_weeks_nothing_is_said(student: Client, world: World) -> None:
    tells(world.student, days_ago=20)
    here = NOW.date() - timedelta(days=NOW.weekday())
    for week in range(1, 3):
        a_week_of(world.student, here - timedelta(weeks=week), 8)
    a_week_of(world.student, here + timedelta(weeks=1), 24)
    assert "fuller" not in student.get(reverse("wellbeing")).text
