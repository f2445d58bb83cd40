"""Moves in words: what to do, the button that does it, and where. One place for all pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tussenstop.routes.rules import MoveCode
from tussenstop.web.components import role_name


@dataclass(frozen=True, slots=True)
class Words:
    """`mine` is said to the person whose move it is; `address` names the page and whether it takes
    the move's subject or its route."""

    mine: Promise
    button: Promise
    address: str
    by_route: bool = False


if TYPE_CHECKING:
    from tussenstop.people.models import Person
    from tussenstop.routes.models import Move

WORDS: dict[str, Words] = {
    MoveCode.ACCEPT_ROLE: Words(
        _("Do you travel along as %(role)s?"), _("Read and answer"), "role_answer"
    ),
    MoveCode.ANSWER_AGREEMENT: Words(
        _("Your answer is asked: %(subject)s"), _("Read and answer"), "agreement"
    ),
    MoveCode.REVISE_AGREEMENT: Words(
        _("Somebody asks for a change: %(subject)s"), _("Have a look"), "agreement"
    ),
    MoveCode.FILL_SECTION: Words(
        _("Your part is still empty: %(subject)s"), _("Fill in"), "agreement"
    ),
    MoveCode.PROPOSE_AGREEMENT: Words(
        _("Everybody wrote their part: %(subject)s"), _("Put before all"), "agreement"
    ),
    MoveCode.ANSWER_MOMENT: Words(_("Does this date suit you? %(subject)s"), _("Answer"), "stop"),
    MoveCode.ANSWER_PLAN: Words(
        _("Do these days at the workplace suit you?"), _("Have a look"), "planning", by_route=True
    ),
    MoveCode.ANSWER_SHIFT: Words(
        _("Somebody would like to move a day at the workplace"),
        _("Answer"),
        "planning",
        by_route=True,
    ),
    MoveCode.ANSWER_HOURS: Words(
        _("A word about hours waits for your answer"), _("Answer"), "hours", by_route=True
    ),
    MoveCode.CONFIRM_HOURS: Words(
        _("Hours wait for your yes"), _("Have a look"), "hours", by_route=True
    ),
    MoveCode.ANSWER_TALK: Words(
        _("Which moments suit you? %(subject)s"), _("Answer"), "conversation"
    ),
    MoveCode.CHOOSE_TALK: Words(
        _("Fix a moment to talk: %(subject)s"), _("Have a look"), "conversation"
    ),
    MoveCode.NOTE_TALK: Words(
        _("You planned to talk. How was it? %(subject)s"), _("Write it down"), "conversation"
    ),
    MoveCode.CHOOSE_WORKPLACE: Words(
        _("There is no workplace yet"), _("Choose a workplace"), "route_workplace", by_route=True
    ),
    MoveCode.APPOINT_MENTOR: Words(
        _("There is no mentor yet"), _("Ask somebody"), "route_people", by_route=True
    ),
    MoveCode.APPOINT_TEACHER: Words(
        _("There is no teacher yet"), _("Ask somebody"), "route_people", by_route=True
    ),
    MoveCode.START_AGREEMENT: Words(
        _("You can begin the start agreement"), _("Begin"), "agreement_list", by_route=True
    ),
    MoveCode.BEGIN_ROUTE: Words(
        _("Everything is agreed: begin at the workplace"), _("Begin"), "route", by_route=True
    ),
    MoveCode.PLAN_STOP: Words(_("Plan the next stop: %(subject)s"), _("Propose a date"), "stop"),
    MoveCode.PREPARE_STOP: Words(_("Soon: %(subject)s"), _("Prepare"), "stop_prepare"),
    MoveCode.GIVE_PAPERS: Words(
        _("Some documents are still needed"), _("See which"), "documents", by_route=True
    ),
    MoveCode.TELL_POSITION: Words(
        _("Who are you, and what do you carry? Tell your starting position"),
        _("Tell"),
        "position",
        by_route=True,
    ),
    MoveCode.TELL_SIDE: Words(
        _("Tell your side before the start conversation"), _("Tell"), "side", by_route=True
    ),
    MoveCode.ANSWER_FEEDBACK: Words(
        _("Somebody asks something about your feedback"), _("Answer"), "feedback_one"
    ),
    MoveCode.READ_FEEDBACK: Words(_("Somebody gave you feedback"), _("Read"), "feedback_one"),
    MoveCode.GIVE_FEEDBACK: Words(
        _("Your feedback is asked"), _("Give feedback"), "feedback_asked"
    ),
    MoveCode.ANSWER_PAGE: Words(
        _("Somebody would like to reflect together with you"), _("Have a look"), "two_page"
    ),
    MoveCode.WRITE_STEP: Words(_("It is your turn in a shared reflection"), _("Write"), "loop"),
    MoveCode.FILL_PLACE: Words(
        _("Somebody left in the middle of a shared reflection: who goes on with you?"),
        _("Choose"),
        "loop",
    ),
    MoveCode.CLOSE_STOP: Words(_("What came out of it? %(subject)s"), _("Write it down"), "stop"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A move as a page shows it."""

    text: str
    button: str
    url: str
    student: str
    programme: str
    role: str
    who: str
    days: int
    mine: bool


def show(
    move: "Move",
    *,
    subjects: dict[UUID, str],
    person: "Person",
    now: datetime,
    mine: bool | None = None,
) -> Shown:
    """The move in the words for this person."""
    words = WORDS[move.code]
    from_role = dict(MoveCode.choices)[move.code]
    is_mine = move.person_id in {person.pk, None} if mine is None else mine
    subject = subjects.get(move.subject_id, "")
    text = str(words.mine) % {"subject": subject, "role": role_name(move.role)}
    if not is_mine:
        text = capfirst(f"{from_role}: {subject}" if subject else str(from_role))
    target = move.route_id if words.by_route else move.subject_id
    return Shown(
        text=text,
        button=str(words.button),
        url=reverse(words.address, args=[target]),
        student=move.route.student.name,
        programme=move.route.programme.name,
        role=move.role,
        who="" if is_mine or move.person is None else move.person.name,
        days=max((now - move.since).days, 0),
        mine=is_mine,
    )
