"""How people say they are, written straight into the tables and sealed as they are in use: every
student of a route chose to look, ten times; and a coach of the institution to whom many turned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bench.talking import Trio, trios
from bench.world import person, save
from tussenstop.content import pack
from tussenstop.people.models import Institution, Membership, Person
from tussenstop.wellbeing.models import CheckIn, Choice, Note, Promise, Question, Share

EACH = 10  # check-ins of one student, a fortnight apart
TURNED, MOMENTS, ASKED, PROMISED = 500, 100, 120, 60  # to the measured coach


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom the measured pages of a coach belong to, and of whom they tell."""

    coach: Person
    person: UUID
    institution: Any
    check_ins: int


def build(now: datetime) -> Desk:
    """Add them to a world that was built."""
    institution = Institution.objects.get()
    coach = person("coach", 0, now)
    save([coach])
    save([Membership(person=coach, role="coach", institution=institution, since=now)])
    count = 0
    turned: list[CheckIn] = []
    for some in trios():
        save(Choice(person_id=one.student, wants=True, at=now, rhythm="two_weeks") for one in some)
        made = list(_looks(some, now))
        save(made)
        count += len(made)
        if len(turned) < TURNED:
            turned += made[EACH - 1 :: EACH]
    _turn_to(coach, turned[:TURNED], now)
    return Desk(coach, turned[0].person_id, institution.pk, count)


def _looks(some: list[Trio], now: datetime) -> Iterator[CheckIn]:
    """The line of every third student falls."""
    items = list(pack().check_in)
    for number, one in enumerate(some):
        for turn in range(EACH):
            falls = number % 3 == 0 and turn >= EACH - 3
            answer = 4 - (turn - (EACH - 3)) if falls else 1 + (number + turn) % 4
            yield CheckIn(
                person_id=one.student,
                at=now - timedelta(days=14 * (EACH - 1 - turn), hours=number % 48),
                said={"items": dict.fromkeys(items, answer), "word": "vol"},
            )


def _turn_to(coach: Person, last: list[CheckIn], now: datetime) -> None:
    """Each shares all from some moment on, or one moment; some ask, some were promised something."""
    since = now - timedelta(days=60)
    save(
        Share(
            person_id=one.person_id,
            coach=coach,
            check_in=one if place < MOMENTS and place else None,
            since=since,
            made_at=since,
        )
        for place, one in enumerate(last)
    )
    urgencies = ("today", "week", "whenever")
    save(
        Question(
            person_id=one.person_id,
            coach=coach,
            said={"what": "Kan je eens meekijken naar mijn week? " * 4, "reach": "mail"},
            urgency=urgencies[place % 3],
            asked_at=now - timedelta(hours=place),
            waiting_since=now - timedelta(hours=place) if place % 4 else None,
        )
        for place, one in enumerate(last[:ASKED])
    )
    save(
        Promise(
            person_id=one.person_id,
            coach=coach,
            what="Ik bel je vrijdag",
            due_on=(now + timedelta(days=place % 20 - 3)).date(),
            made_at=since,
        )
        for place, one in enumerate(last[:PROMISED])
    )
    save(
        Note(person_id=one.person_id, coach=coach, text="Vroeg naar de avondlessen.", at=since)
        for one in last[:ASKED]
    )
