"""A questionnaire of one's school on one's own page: quiet, in its own language, for oneself alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.instruments.keeping import DUTCH, ENGLISH, in_use, uses
from tests.web.conftest import SignIn
from tests.wellbeing.telling import CANARY, answers, opted_in, shares, tells
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.instruments import actions as keeping
from tussenstop.instruments.models import Instrument
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing.models import Answered, Look, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def coach(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.coach)


def typed(*given: int, **changes: str) -> dict[str, str]:
    chosen = {f"q{number}": str(one) for number, one in enumerate(given, start=1)}
    return {"key": str(uuid7()), "word": CANARY, **chosen, **changes}


def test_it_stands_below_one_s_own_check_in_and_only_for_who_said_yes(
    student: Client, world: World
) -> None:
    instrument = in_use(world)
    fill_in = reverse("wellbeing_fill_in", args=[instrument.pk])
    assert fill_in not in student.get(reverse("wellbeing")).text
    assert student.get(fill_in).status_code == 404
    tells(world.student)
    text = student.get(reverse("wellbeing")).text
    assert text.index("Your own course") < text.index(fill_in) < text.index("Ask a coach for help")
    assert "your school does not learn whether you filled it in" in text
    assert fill_in not in student.get("/").text


@pytest.mark.parametrize("name", ["mentor", "other_teacher", "other_student"])
def test_who_does_not_belong_there_finds_nothing_to_fill_in(
    signed_in: SignIn, world: World, name: str
) -> None:
    instrument = in_use(world)
    client = signed_in(opted_in(getattr(world, name)))
    assert "From your school" not in client.get(reverse("wellbeing")).text
    url = reverse("wellbeing_fill_in", args=[instrument.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, typed(1, 1)).status_code == 404


def test_filled_in_twice_by_a_double_click_it_is_there_once(student: Client, world: World) -> None:
    instrument = in_use(world)
    opted_in(world.student)
    url, data = reverse("wellbeing_fill_in", args=[instrument.pk]), typed(1, 3)
    text = student.post(url, data, follow=True).text
    student.post(url, data)
    assert Answered.objects.count() == 1
    assert "Kept, for you alone." in text
    assert "vaak" in text
    assert CANARY in text


def test_it_says_which_language_it_is_in(student: Client, world: World) -> None:
    dutch, both = in_use(world), in_use(world, DUTCH, ENGLISH)
    opted_in(world.student)
    text = student.get(reverse("wellbeing_fill_in", args=[dutch.pk])).text
    assert "This questionnaire only exists in Dutch." in text
    assert '<h1 lang="nl">Leergoesting</h1>' in text
    assert '<legend lang="nl">Ik had zin om iets te proberen.</legend>' in text
    text = student.get(reverse("wellbeing_fill_in", args=[both.pk])).text
    assert "only exists" not in text
    assert '<legend lang="en">I felt like trying something.</legend>' in text
    Person.objects.update(language="nl")
    text = student.get(reverse("wellbeing_fill_in", args=[dutch.pk])).text
    assert "bestaat alleen" not in text


def test_the_line_of_the_licence_stands_wherever_it_is_read(
    student: Client, coach: Client, world: World
) -> None:
    instrument = in_use(world)
    Instrument.objects.update(attribution="© De Brug, met toelating")
    told = answers(world.student, instrument)
    shares(world.student, world.coach, told)
    for client, url in (
        (student, reverse("wellbeing_fill_in", args=[instrument.pk])),
        (student, reverse("wellbeing_answers", args=[instrument.family])),
        (student, reverse("wellbeing_answered", args=[told.pk])),
        (coach, reverse("coach_person", args=[world.student.pk])),
    ):
        assert "© De Brug, met toelating" in client.get(url).text


def test_a_forgotten_sentence_is_told_beside_it_and_the_rest_stays(
    student: Client, world: World
) -> None:
    instrument = in_use(world)
    opted_in(world.student)
    answer = student.post(reverse("wellbeing_fill_in", args=[instrument.pk]), typed(2))
    assert answer.status_code == 422
    assert "Choose what fits best." in answer.text
    assert answer.text.count("checked") == 1
    assert CANARY in answer.text


def test_what_was_typed_while_it_ended_stays_on_the_page(student: Client, world: World) -> None:
    instrument = in_use(world)
    opted_in(world.student)
    keeping.withdraw(by=By(world.programme_coordinator), instrument=instrument, now=NOW)
    url = reverse("wellbeing_fill_in", args=[instrument.pk])
    answer = student.post(url, typed(2, 2))
    assert answer.status_code == 422
    assert "Your school does not offer this any more, so it was not kept." in answer.text
    assert answer.text.count("checked") == 2
    text = student.get(url).text
    assert "What you filled in before stays yours." in text
    assert "<form class=" not in text


def test_after_its_last_day_it_can_be_read_back_and_no_longer_filled_in(
    student: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    instrument = in_use(world, until=NOW.date())
    answers(world.student, instrument)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW + timedelta(days=1))
    text = student.get(reverse("wellbeing")).text
    assert "no longer to fill in" in text
    assert f'href="{reverse("wellbeing_fill_in", args=[instrument.pk])}"' not in text
    url = reverse("wellbeing_answers", args=[instrument.family])
    assert url in text
    assert "soms" in student.get(url).text


def test_another_version_stands_apart_with_the_text_that_was_read(
    student: Client, world: World
) -> None:
    old = in_use(world)
    answers(world.student, old, days_ago=0.1)
    draft = keeping.new_version(by=By(world.programme_coordinator), instrument=old, now=NOW)
    Instrument.objects.filter(pk=draft.pk).update(wording={"en": ENGLISH.kept()})
    answers(world.student, uses(world, draft), 3)
    text = student.get(reverse("wellbeing_answers", args=[old.family])).text
    assert text.index("Your answers to version 2") < text.index("Your answers to version 1")
    assert '<strong lang="en">often</strong>' in text
    assert '<strong lang="nl">soms</strong>' in text


def test_one_is_shared_looked_at_and_taken_back(
    student: Client, coach: Client, world: World
) -> None:
    told = answers(world.student, in_use(world))
    moment = reverse("wellbeing_answered", args=[told.pk])
    assert "Nobody but you can read this." in student.get(moment).text
    page = reverse("coach_person", args=[world.student.pk])
    assert coach.get(page).status_code == 404
    share = reverse("wellbeing_share") + f"?one={told.pk}"
    assert share in student.get(moment).text
    student.post(share, {"coach": str(world.coach.pk), "how": "one"})
    assert "Bram Coach" in student.get(moment).text
    assert "only that of 23 November" in student.get(reverse("wellbeing")).text
    text = coach.get(page).text
    assert CANARY in text
    assert "<strong>soms</strong>" in text
    assert "1 moment" in coach.get(reverse("coach_desk")).text
    assert Look.objects.count() == 1
    assert "Bram Coach" in student.get(reverse("wellbeing_looks")).text
    student.post(reverse("wellbeing_share_stop", args=[Share.objects.get().pk]))
    assert coach.get(page).status_code == 404


def test_who_reads_along_from_now_on_is_named_before_one_fills_it_in(
    student: Client, world: World
) -> None:
    instrument = in_use(world)
    opted_in(world.student)
    shares(world.student, world.coach)
    url = reverse("wellbeing_fill_in", args=[instrument.pk])
    for page in (url, reverse("wellbeing_check_in")):
        text = student.get(page).text
        assert "Can be read by you, and by: Bram Coach" in text
        assert "For you alone" not in text
    assert (
        "Kept. Can be read by you, and by: Bram Coach."
        in student.post(url, typed(1, 1), follow=True).text
    )


def test_one_is_deleted_for_good(student: Client, world: World) -> None:
    told = answers(world.student, in_use(world))
    url = reverse("wellbeing_answered_remove", args=[told.pk])
    assert "Gone for good." in student.post(url, follow=True).text
    assert not Answered.objects.exists()


def test_more_questionnaires_and_more_answers_cost_no_more_queries(
    student: Client, coach: Client, world: World
) -> None:
    first = in_use(world)
    answers(world.student, first, days_ago=0.2)
    shares(world.student, world.coach, now=NOW - timedelta(days=1))
    pages = (
        (student, reverse("wellbeing")),
        (student, reverse("wellbeing_answers", args=[first.family])),
        (coach, reverse("coach_person", args=[world.student.pk])),
    )

    def counted() -> list[int]:
        found = []
        for client, url in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            found.append(len(asked))
        return found

    counted()
    one = counted()
    answers(world.student, first, days_ago=0.1)
    for _time in range(2):
        answers(world.student, in_use(world))
    assert counted() == one
