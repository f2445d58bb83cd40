"""How people are doing in the world of a test. Every check-in, every questionnaire and every question
carries the canary: a word that nobody else may ever find."""

from datetime import datetime, timedelta

from tests.instruments.keeping import in_use
from tests.worlds import NOW, World
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.instruments.models import Instrument
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing.actions import answering, asking, own, sharing
from tussenstop.wellbeing.models import Answered, CheckIn, Question
from tussenstop.wellbeing.rules import Urgency

CANARY = "kanariepiet"


def opted_in(person: Person, *, now: datetime = NOW) -> Person:
    own.choose(by=By(person), wants=True, now=now)
    return person


def tells(
    person: Person, level: int = 3, *, days_ago: float = 0, word: str = CANARY, now: datetime = NOW
) -> CheckIn:
    """A check-in with the same answer to every sentence, chosen for when that was not done yet."""
    opted_in(person, now=now)
    return own.check_in(
        by=By(person),
        key=uuid7(),
        items=dict.fromkeys(pack().check_in, level),
        word=word,
        now=now - timedelta(days=days_ago),
    )


def answers(
    person: Person,
    instrument: Instrument,
    level: int = 2,
    *,
    days_ago: float = 0,
    word: str = CANARY,
    now: datetime = NOW,
) -> Answered:
    """A questionnaire with the same answer to every sentence, chosen for when that was not done
    yet."""
    opted_in(person, now=now)
    return answering.answer(
        by=By(person),
        key=uuid7(),
        instrument=instrument,
        answers=[level] * len(instrument.spoken.items),
        word=word,
        now=now - timedelta(days=days_ago),
    )


def asks(person: Person, coach: Person, *, what: str = CANARY, now: datetime = NOW) -> Question:
    return asking.ask(
        by=By(person),
        key=uuid7(),
        coach=coach,
        what=what,
        urgency=Urgency.THIS_WEEK,
        reach=f"{what} aan de telefoon",
        now=now,
    )


def shares(
    person: Person, coach: Person, one: CheckIn | Answered | None = None, *, now: datetime = NOW
) -> None:
    """One check-in or questionnaire, or (without one) everything from now on."""
    sharing.share(by=By(person), coach=coach, one=one, from_now_on=one is None, now=now)


def tells_and_shares(world: World) -> CheckIn:
    told = tells(world.student)
    shares(world.student, world.coach, told)
    return told


def answers_and_shares(world: World) -> Answered:
    told = answers(world.student, in_use(world))
    shares(world.student, world.coach, told)
    return told
