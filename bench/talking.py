"""What people say to each other along their routes, written straight into the tables: talks held
and planned, what each wrote of them, action points, feedback, journals, the log and notices."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from bench.world import CHUNK, save
from tussenstop.access.models import Participation
from tussenstop.conversations.models import Attendee, Conversation, Part, Point
from tussenstop.feedback.models import Feedback, Strength
from tussenstop.messages.models import Notice
from tussenstop.reflection.models import Entry
from tussenstop.routelog.models import Word

TALKS, GIVEN, ENTRIES, WORDS, NOTICES = 3, 2, 3, 3, 3  # of each route, or of its student
SAID = "Vandaag ging het over de planning en over wat er volgende week kan. " * 3


@dataclass(frozen=True, slots=True)
class Trio:
    """A route and who travel it together."""

    route: UUID
    student: UUID
    mentor: UUID
    teacher: UUID


def trios() -> Iterator[list[Trio]]:
    """Every route with its three partners, so many at once."""
    last: UUID | None = None
    while True:
        routes = Participation.objects.filter(role="student").order_by("route_id")
        some = list(
            (routes.filter(route_id__gt=last) if last else routes).values_list(
                "route_id", flat=True
            )[:CHUNK]
        )
        if not some:
            return
        last = some[-1]
        people: dict[UUID, dict[str, UUID]] = defaultdict(dict)
        for route, role, person in Participation.objects.filter(
            route_id__gte=some[0], route_id__lte=last
        ).values_list("route_id", "role", "person_id"):
            people[route][role] = person
        yield [Trio(route, **who) for route, who in people.items() if len(who) == 3]


def build(now: datetime) -> None:
    """Add it to a world that was built."""
    for some in trios():
        _talks(some, now)
        _feedback(some, now)
        _alone(some, now)


def _talks(some: list[Trio], now: datetime) -> None:
    """Two that were held and one that is planned, each with what came of it."""
    talks, attendees, parts, points = [], [], [], []
    for number, trio in enumerate(some):
        for turn in range(TALKS):
            day = now + timedelta(days=2 - 9 * turn)
            held = day if turn else None
            talk = Conversation(
                route_id=trio.route,
                kind="how_is_it" if turn % 2 else "feedback",
                made_by_id=trio.mentor,
                made_at=now - timedelta(days=30),
                day=day.date(),
                starts_at=day,
                held_at=held,
                common=SAID if held else "",
            )
            talks.append(talk)
            pair = ((trio.student, "student"), (trio.mentor, "mentor"))
            attendees += [Attendee(conversation=talk, person_id=p, role=role) for p, role in pair]
            if held:
                parts += [
                    Part(conversation=talk, person_id=p, role=role, text=SAID, written_at=held)
                    for p, role in pair
                ]
                points.append(
                    Point(
                        conversation=talk,
                        text="De uurroosters naast elkaar leggen",
                        owner_id=trio.student if number % 2 else trio.mentor,
                        due=(now + timedelta(days=number % 14)).date(),
                        made_by_id=trio.mentor,
                        made_at=held,
                    )
                )
    for rows in (talks, attendees, parts, points):
        save(rows)


def _feedback(some: list[Trio], now: datetime) -> None:
    given, strengths = [], []
    for trio in some:
        ways = (
            (trio.student, "student", trio.mentor, "mentor"),
            (trio.mentor, "mentor", trio.student, "student"),
        )
        for turn in range(GIVEN):
            receiver, as_, giver, role = ways[turn % len(ways)]
            one = Feedback(
                route_id=trio.route,
                receiver_id=receiver,
                receiver_role=as_,
                giver_id=giver,
                giver_role=role,
                saw="Je vroeg uit jezelf wat je kon doen.",
                next_step="Volgende keer mag je het zelf uitleggen aan een collega.",
                at=now - timedelta(days=turn),
            )
            given.append(one)
            strengths.append(Strength(feedback=one, own="doorvragen"))
    save(given)
    save(strengths)


def _alone(some: list[Trio], now: datetime) -> None:
    """The journal, the log and the notices."""
    entries: list[Any] = []
    words: list[Any] = []
    notices: list[Any] = []
    for number, trio in enumerate(some):
        for turn in range(ENTRIES):
            at = now - timedelta(days=5 * turn)
            entries.append(
                Entry(
                    person_id=trio.student,
                    route_id=trio.route,
                    form="free",
                    words=SAID,
                    begun_at=at,
                    written_at=at,
                    pen=uuid4(),
                )
            )
        for turn in range(WORDS):
            author, role = ((trio.student, "student"), (trio.mentor, "mentor"))[turn % 2]
            at = now - timedelta(hours=turn, minutes=number % 60)
            words.append(
                Word(route_id=trio.route, author_id=author, role=role, text=SAID[:200], at=at)
            )
        notices += [
            Notice(
                person_id=trio.student,
                kind="conversations",
                way="page",
                at=now - timedelta(hours=turn),
                subject="Je mentor noteerde een gesprek",
                text=SAID,
                read_at=now if turn else None,
            )
            for turn in range(NOTICES)
        ]
    for rows in (entries, words, notices):
        save(rows)
