"""Two people act on one piece of feedback at the same moment."""

import pytest

from tests.feedback.giving import NEXT, a_link, answers, asks, gives, read
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import DomainError
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.feedback.actions import asking as asking_actions
from tussenstop.feedback.actions import giving, outside, receiving
from tussenstop.feedback.models import Asking, Feedback, Invitation
from tussenstop.feedback.rules import Closed
from tussenstop.people.acting import By

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def test_two_people_with_one_link_give_one_answer(world: World) -> None:
    link = a_link(world)
    results = together(*[lambda: answers(Invitation.objects.get(pk=link.pk))] * 3)
    assert Feedback.objects.count() == 1
    assert sum(isinstance(one, outside.LinkClosed) for one in results) == 2


def test_a_double_click_gives_once_and_tells_once(world: World) -> None:
    asking, key = asks(world), uuid7()
    results = together(*[lambda: gives(world, key=key, asked=Asking.objects.get(pk=asking.pk))] * 3)
    assert results == [Feedback.objects.get()] * 3
    mails = OutgoingMail.objects.filter(to=world.student.email, subject__icontains="feedback")
    assert mails.count() == 1


def test_read_or_taken_back_but_never_both(world: World) -> None:
    feedback = gives(world)
    results = together(
        lambda: read(feedback),
        lambda: giving.take_back(by=By(world.mentor), feedback=feedback, now=NOW),
    )
    now = Feedback.objects.get()
    assert (now.read_at is None) != (now.taken_back_at is None)
    assert (now.next_step == NEXT) == (now.read_at is not None)
    assert sum(isinstance(one, DomainError) for one in results) == 1


def test_given_while_it_is_withdrawn_the_question_ends_one_way(world: World) -> None:
    asking = asks(world)
    together(
        lambda: gives(world, asked=Asking.objects.get(pk=asking.pk)),
        lambda: withdraw_of(world, asking),
    )
    asking.refresh_from_db()
    assert (asking.closed_how == Closed.GIVEN) == Feedback.objects.filter(asking=asking).exists()


def withdraw_of(world: World, asking: Asking) -> None:
    fresh = Asking.objects.select_related("route").get(pk=asking.pk)
    asking_actions.withdraw(by=By(world.student), asking=fresh, now=NOW)


def test_shown_while_it_is_removed_nobody_reads_it(world: World) -> None:
    feedback = read(answers(a_link(world)))
    by = By(world.student)
    together(
        lambda: receiving.show(by=by, feedback=feedback, person=world.mentor, shown=True, now=NOW),
        lambda: receiving.remove(by=by, feedback=feedback, now=NOW),
    )
    gone = Feedback.objects.get()
    assert (gone.next_step, gone.removed_at) == ("", NOW)
    assert not feedback.readers.exists()
