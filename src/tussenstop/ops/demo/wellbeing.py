"""How some people of the demo are doing: a few students, a mentor and a teacher, and what they
share with a coach. Most share nothing, as people do."""

from datetime import datetime, timedelta

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.instruments.models import Instrument
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State
from tussenstop.wellbeing import who
from tussenstop.wellbeing.actions import answering, asking, coaching, own, sharing
from tussenstop.wellbeing.rules import Rhythm, Urgency

# Five answers a time, oldest first, with a word.
COURSES = (
    (("3343", "4", "zin"), ("3343", "3", "druk"), ("3233", "3", "moe"), ("2132", "3", "veel")),
    (("2223", "2", "nieuw"), ("2233", "3", ""), ("3333", "3", "beter"), ("3344", "4", "trots")),
    (("3333", "3", "rustig"), ("4334", "3", ""), ("3334", "4", "fijn")),
)
STUDENTS = 3
ANSWERS = (((3, 2, 2), "benieuwd"), ((3, 3, 2), ""), ((2, 3, 4), "gedurfd"))


def tell(*, instrument: Instrument, now: datetime) -> None:
    """Some tell; the first one also asks a coach, who answers, and fills in the questionnaire of
    their school."""
    routes = Route.objects.filter(state=State.UNDER_WAY).select_related("student").order_by("pk")
    students = [route.student for route in routes if _coach(route.student, now)]
    for number, student in enumerate(students[:STUDENTS]):
        _course(student, number, now)
    if students:
        _talk(students[0], now)
    for student in students[:STUDENTS]:
        if student.memberships.filter(institution=instrument.institution).exists():
            _answer(student, instrument, now)
            break
    mentor = (
        Participation.objects.filter(role=RouteRole.MENTOR, route__in=routes, ended_at=None)
        .exclude(accepted_at=None)
        .select_related("person")
        .order_by("invited_at", "pk")
        .first()
    )
    coach = _coach(mentor.person, now) if mentor else None
    if mentor and coach:
        asking.ask(
            by=By(mentor.person),
            key=uuid7(),
            coach=coach,
            what="Mijn student is de laatste weken erg stil. Hoe begin ik daarover?",
            urgency=Urgency.THIS_WEEK,
            reach="Bellen kan na 16 uur.",
            now=now - timedelta(days=1),
        )


def _coach(person: Person, now: datetime) -> Person | None:
    return who.coaches_of(person, now=now).first()


def _course(student: Person, number: int, now: datetime) -> None:
    """From the last but two on the first student shares."""
    by = By(student)
    course = COURSES[number % len(COURSES)]
    begun = now - timedelta(weeks=2 * len(course))
    own.choose(by=by, wants=True, now=begun)
    own.set_rhythm(by=by, rhythm=Rhythm.TWO_WEEKS)
    for place, (four, last, word) in enumerate(course):
        at = begun + timedelta(weeks=2 * place + 1)
        if number == 0 and place == len(course) - 3 and (coach := _coach(student, now)):
            sharing.share(by=by, coach=coach, one=None, from_now_on=True, now=at)
        answers = [int(sign) for sign in four + last]
        items = dict(zip(pack().check_in, answers, strict=False))
        own.check_in(by=by, key=uuid7(), items=items, word=word, now=at)


def _answer(student: Person, instrument: Instrument, now: datetime) -> None:
    """Three times, for themselves alone."""
    for weeks, (levels, word) in zip((7, 5, 3), ANSWERS, strict=True):
        answering.answer(
            by=By(student),
            key=uuid7(),
            instrument=instrument,
            answers=levels,
            word=word,
            now=now - timedelta(weeks=weeks),
        )


def _talk(student: Person, now: datetime) -> None:
    coach = _coach(student, now)
    if coach is None:
        return
    asked = now - timedelta(days=5)
    question = asking.ask(
        by=By(student),
        key=uuid7(),
        coach=coach,
        what="Het wordt veel met de examens erbij. Kunnen we eens praten?",
        urgency=Urgency.THIS_WEEK,
        reach="Antwoorden kan hier.",
        now=asked,
    )
    asking.reply(
        by=By(coach),
        question=question,
        key=uuid7(),
        text="Goed dat je het zegt. Past donderdag om 17 uur, aan de telefoon?",
        now=asked + timedelta(hours=22),
    )
    coaching.promise(
        by=By(coach),
        person=student,
        key=uuid7(),
        what="Een halfuur vrijhouden om samen naar je weken te kijken",
        due_on=(now + timedelta(days=2)).date(),
        now=asked + timedelta(hours=22),
    )
    coaching.note(
        by=By(coach),
        person=student,
        key=uuid7(),
        text="Vragen hoe het met de examens zit.",
        now=asked + timedelta(hours=23),
    )
