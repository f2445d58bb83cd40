"""Preparing: for oneself until it is shared, with questions of one's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conversations.talks import invites
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.conversations.models import Conversation, Prepared, Prompt
from tussenstop.core.ids import uuid7

pytestmark = pytest.mark.django_db

SECRET = "Ik wil minder avonden"


@pytest.fixture
def talk(world: World) -> Conversation:
    return invites(world, NOW + timedelta(days=2), to=[world.student, world.teacher])


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def way(talk: Conversation, name: str = "conversation_prepare") -> str:
    return reverse(name, args=[talk.pk])


def typed(**more: str) -> dict[str, str]:
    return {"version": "0", "key": str(uuid7()), "q_how_now": SECRET, **more}


def test_only_its_writer_reads_it_until_it_is_shared(
    student: Client,
    signed_in: SignIn,
    world: World,
    talk: Conversation,
) -> None:
    student.post(way(talk), typed())
    mentor = signed_in(world.mentor)
    assert SECRET not in mentor.get(way(talk, "conversation")).text
    assert SECRET in student.get(way(talk)).text
    student.post(way(talk), typed(version="1", share="yes"))
    assert SECRET in mentor.get(way(talk, "conversation")).text
    coach = signed_in(world.coach).get(way(talk, "conversation"))
    assert coach.status_code == 200
    assert SECRET not in coach.text
    student.post(way(talk), typed(version="2", take_back="yes"))
    assert SECRET not in mentor.get(way(talk, "conversation")).text


def test_a_question_of_ones_own_comes_back_and_is_ones_own(
    student: Client,
    signed_in: SignIn,
    world: World,
    talk: Conversation,
) -> None:
    sent = typed(add="yes", question="Hoe gaat het thuis samen?")
    student.post(way(talk), sent)
    prompt = Prompt.objects.get()
    assert Prepared.objects.get().answers["how_now"] == SECRET
    assert "Hoe gaat het thuis samen?" in student.get(way(talk)).text
    assert "Hoe gaat het thuis samen?" not in signed_in(world.mentor).get(way(talk)).text
    sent = typed(version="1", share="yes", **{f"q_{prompt.pk}": "Beter"})
    student.post(way(talk), sent)
    text = signed_in(world.mentor).get(way(talk, "conversation")).text
    assert "Hoe gaat het thuis samen?" in text
    student.post(
        way(talk), typed(version="2", remove=str(prompt.pk), **{f"q_{prompt.pk}": "Beter"})
    )
    assert "Hoe gaat het thuis samen?" not in student.get(way(talk)).text
    assert "Beter" in signed_in(world.mentor).get(way(talk, "conversation")).text
    removing = typed(version="1", remove=str(prompt.pk))
    assert signed_in(world.mentor).post(way(talk), {**removing, "version": "0"}).status_code == 404


def test_two_windows_lose_nothing_and_an_empty_question_is_said(
    student: Client, talk: Conversation
) -> None:
    student.post(way(talk), typed())
    response = student.post(way(talk), typed(q_how_now="Goed"))
    assert response.status_code == 409
    assert SECRET in response.text
    assert "Goed" in response.text
    response = student.post(way(talk), typed(version="1", add="yes"))
    assert response.status_code == 422
    assert "Write your question." in response.text
