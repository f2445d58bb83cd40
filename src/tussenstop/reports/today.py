"""What one person needs to see first: what waits, what comes, where their routes stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.agreements.queries import titles_of
from tussenstop.conversations import queries as conversations
from tussenstop.conversations.models import Conversation, Point
from tussenstop.conversations.rhythm import Due, due_for
from tussenstop.matching.queries import Met, waiting_acquaintances
from tussenstop.people.models import Person
from tussenstop.rounds.models import Round
from tussenstop.rounds.own_queries import MatchView, Turn, turns_of, waiting_matches
from tussenstop.rounds.queries import rounds_to_decide
from tussenstop.routes import queries
from tussenstop.routes.models import Move, Stop
from tussenstop.routes.queries import Journey

ROUTES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Today:
    """`subjects` names what a move is about, by the move's subject."""

    moves: list[Move]
    week: list[Stop]
    journeys: list[Journey]
    more_routes: bool
    subjects: dict[UUID, str]
    acquaintances: list[Met]
    turns: list[Turn]
    matches: list[MatchView]
    to_decide: list[Round]
    talks: "Talks"


@dataclass(frozen=True, slots=True)
class Talks:
    """The conversations of this person: planned this week, just noted by others, and what they
    said they would do."""

    week: list[Conversation]
    noted: list[Conversation]
    points: list[Point]
    dues: list[Due]
    can_note: bool


def talks_of(*, person: Person, now: datetime) -> Talks:
    return Talks(
        week=conversations.week_of(person, now=now),
        noted=conversations.just_noted_for(person, now=now),
        points=conversations.points_of(person, now=now),
        dues=due_for(person, now=now),
        can_note=conversations.own_routes(person, now=now).exists(),
    )


def subjects_of(moves: list[Move]) -> dict[UUID, str]:
    """The stops, agreements and conversations that moves are about, by name, in three reads."""
    ids = {move.subject_id for move in moves}
    return {**queries.stop_names(ids), **titles_of(ids), **conversations.names_of(ids)}


def today_for(*, person: Person, now: datetime) -> Today:
    """Everything Today shows to this person."""
    moves = queries.moves_of(person=person, now=now)
    routes = list(queries.list_routes(person=person, now=now)[: ROUTES_SHOWN + 1])
    shown = routes[:ROUTES_SHOWN]
    found = queries.journeys(shown)
    return Today(
        moves=moves,
        week=queries.week_of(person=person, now=now),
        journeys=[found[route.pk] for route in shown],
        more_routes=len(routes) > ROUTES_SHOWN,
        subjects=subjects_of(moves),
        acquaintances=waiting_acquaintances(person=person, now=now),
        turns=turns_of(person=person, now=now),
        matches=waiting_matches(person=person, now=now),
        to_decide=rounds_to_decide(person=person, now=now),
        talks=talks_of(person=person, now=now),
    )
