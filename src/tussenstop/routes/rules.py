"""The states of a route and how one leads to the next; what a stop can be. Pure facts.

The diagram in docs/states.md is generated from TRANSITIONS.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a route is. Codes are stored: never rename one."""

    PREPARING = "preparing", _("preparing")
    SEEKING = "seeking", _("looking for a workplace")
    ACQUAINTING = "acquainting", _("getting acquainted")
    AGREED = "agreed", _("agreed")
    UNDER_WAY = "under_way", _("under way")
    PAUSED = "paused", _("paused")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


LIVE = (
    State.PREPARING,
    State.SEEKING,
    State.ACQUAINTING,
    State.AGREED,
    State.UNDER_WAY,
    State.PAUSED,
)
BEFORE_AGREED = (State.PREPARING, State.SEEKING, State.ACQUAINTING)
ENDED = (State.COMPLETED, State.STOPPED)


class Context(models.TextChoices):
    """Why this student is at this workplace; the texts live in the content pack."""

    WORKPLACE_STUDENT = "workplace_student", _("workplace student")
    CANDIDATE = "candidate", _("possible colleague")
    OWN_EMPLOYEE = "own_employee", _("own employee")


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another. `by` is "partner" (one of the partners or the programme
    coordinator acts), "agreement" (holds when everybody agreed) or "coordinator"."""

    code: str
    by: str
    label: Promise


TRANSITIONS: dict[tuple[State, State], Transition] = {
    (State.PREPARING, State.SEEKING): Transition("seek", "partner", _("look for a workplace")),
    (State.PREPARING, State.ACQUAINTING): Transition(
        "acquaint", "partner", _("get acquainted with the workplace")
    ),
    (State.SEEKING, State.ACQUAINTING): Transition(
        "acquaint", "partner", _("get acquainted with the workplace")
    ),
    (State.ACQUAINTING, State.SEEKING): Transition(
        "seek_again", "partner", _("look further, this was not it")
    ),
    (State.ACQUAINTING, State.AGREED): Transition(
        "agree", "agreement", _("the start agreement holds")
    ),
    (State.AGREED, State.UNDER_WAY): Transition("begin", "partner", _("begin at the workplace")),
    (State.UNDER_WAY, State.COMPLETED): Transition(
        "complete", "agreement", _("the route is complete")
    ),
    **{
        (state, State.PAUSED): Transition("pause", "agreement", _("take a pause"))
        for state in LIVE
        if state != State.PAUSED
    },
    **{
        (State.PAUSED, state): Transition("resume", "agreement", _("go on after the pause"))
        for state in LIVE
        if state != State.PAUSED
    },
    **{
        (state, State.STOPPED): Transition(
            "stop",
            "partner" if state in BEFORE_AGREED else "agreement",
            _("stop, and write down what was learned"),
        )
        for state in LIVE
    },
}


def next_states(state: State, context: str | None) -> list[State]:
    """Where a route in this state may go. An own employee never looks for a workplace."""
    return [
        target
        for (source, target) in TRANSITIONS
        if source == state and not (target == State.SEEKING and context == Context.OWN_EMPLOYEE)
    ]


class StopState(models.TextChoices):
    """What the line shows of a stop; derived, never stored."""

    DONE = "done", _("done")
    CURRENT = "current", _("now")
    AHEAD = "ahead", _("ahead")
    SKIPPED = "skipped", _("skipped")


class MoveCode(models.TextChoices):
    """What can be somebody's move, most urgent first within the same moment."""

    ACCEPT_ROLE = "accept_role", _("say whether you take part")
    ANSWER_AGREEMENT = "answer_agreement", _("answer an agreement")
    REVISE_AGREEMENT = "revise_agreement", _("look at the change that was asked")
    FILL_SECTION = "fill_section", _("fill in your part of the start agreement")
    PROPOSE_AGREEMENT = "propose_agreement", _("propose the start agreement to everybody")
    ANSWER_MOMENT = "answer_moment", _("say whether a proposed date suits you")
    ANSWER_PLAN = "answer_plan", _("answer a calendar")
    ANSWER_SHIFT = "answer_shift", _("answer a day that would move")
    ANSWER_HOURS = "answer_hours", _("answer a question about hours")
    CONFIRM_HOURS = "confirm_hours", _("confirm hours")
    ANSWER_TALK = "answer_talk", _("say which moments suit for a conversation")
    CHOOSE_TALK = "choose_talk", _("choose the moment of a conversation")
    NOTE_TALK = "note_talk", _("note what a conversation was about")
    CHOOSE_WORKPLACE = "choose_workplace", _("choose a workplace")
    APPOINT_MENTOR = "appoint_mentor", _("ask somebody to be mentor")
    APPOINT_TEACHER = "appoint_teacher", _("ask somebody to be teacher")
    START_AGREEMENT = "start_agreement", _("begin the start agreement")
    BEGIN_ROUTE = "begin_route", _("begin at the workplace")
    PLAN_STOP = "plan_stop", _("propose a date for the next stop")
    PREPARE_STOP = "prepare_stop", _("prepare the next stop")
    CLOSE_STOP = "close_stop", _("write down what came out of the stop")
    GIVE_PAPERS = "give_papers", _("see to the documents that are still needed")
    TELL_POSITION = "tell_position", _("tell your starting position")
    TELL_SIDE = "tell_side", _("tell your side for the start conversation")
    ANSWER_FEEDBACK = "answer_feedback", _("answer a question about feedback")
    READ_FEEDBACK = "read_feedback", _("read feedback")
    GIVE_FEEDBACK = "give_feedback", _("give feedback that was asked for")
    ANSWER_PAGE = "answer_page", _("say whether you want to reflect together")
    WRITE_STEP = "write_step", _("write the next step of a reflection")
    FILL_PLACE = "fill_place", _("choose who takes somebody's place in a reflection")


# Open to somebody at their own pace, or only among a few: no list of others flags it, and nobody
# else is told of it.
OWN_PACE = (
    MoveCode.TELL_POSITION,
    MoveCode.TELL_SIDE,
    MoveCode.ANSWER_TALK,
    MoveCode.CHOOSE_TALK,
    MoveCode.NOTE_TALK,
    MoveCode.ANSWER_FEEDBACK,
    MoveCode.READ_FEEDBACK,
    MoveCode.GIVE_FEEDBACK,
    MoveCode.ANSWER_PAGE,
    MoveCode.WRITE_STEP,
    MoveCode.FILL_PLACE,
)

MOVE_ORDER = {code: place for place, code in enumerate(MoveCode)}

# Sorts behind every real moment, so that lists need no special place for "nothing waits".
NOTHING_WAITS = datetime(2999, 1, 1, tzinfo=UTC)
PREPARE_DAYS = 7  # days before a stop in which it asks to be prepared
