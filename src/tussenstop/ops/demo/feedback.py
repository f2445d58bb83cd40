"""Feedback in the demo: from mentors, students, teachers and colleagues without an account."""

from datetime import datetime, timedelta
from typing import Any

from tussenstop.core.ids import uuid7
from tussenstop.feedback import queries
from tussenstop.feedback.actions import asking, giving, outside, receiving
from tussenstop.feedback.actions.words import Words
from tussenstop.feedback.models import Feedback
from tussenstop.feedback.rules import ReplyKind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State


def tell(texts: dict[str, Any], *, now: datetime) -> None:
    """For every student who is on the way at a workplace."""
    routes = Route.objects.filter(state=State.UNDER_WAY).select_related("student").order_by("pk")
    for number, route in enumerate(routes):
        people = {one.role: one.person for one in queries.partners(route, now=now)}
        if {"student", "mentor", "teacher"} <= people.keys():
            _on(route, people, texts, number, now)


def _words(row: dict[str, Any]) -> Words:
    return Words(
        saw=row["saw"],
        did=row["did"],
        next_step=row["next"],
        strengths=row["strengths"],
        own_strength=row.get("own", ""),
    )


def _on(
    route: Route, people: dict[str, Person], texts: dict[str, Any], number: int, now: datetime
) -> None:
    student, mentor, teacher = people["student"], people["mentor"], people["teacher"]

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    def gives(who: str, to: Person, days: int, turn: int = number) -> Feedback:
        row = texts[who][turn % len(texts[who])]
        return giving.give(
            by=By(people[who]),
            route=route,
            to=to,
            words=_words(row),
            key=uuid7(),
            now=ago(days),
        )

    first = gives("mentor", student, 20)
    _read(first, ReplyKind.THANKS, texts["thanks"], ago(19))
    _read(gives("student", mentor, 12), ReplyKind.THANKS, "", ago(11))
    _read(gives("teacher", student, 9), None, "", ago(8))
    receiving.show(by=By(student), feedback=first, person=teacher, shown=True, now=ago(18))
    if number % 2 == 0:
        row = texts["outside"][number // 2 % len(texts["outside"])]
        link = outside.invite(
            by=By(student),
            route=route,
            point=row["point"],
            name=row["who"],
            email="",
            key=uuid7(),
            now=ago(7),
        )
        given = outside.answer(
            invitation=link,
            name=row["who"],
            how=row["how"],
            words=_words(row),
            key=uuid7(),
            now=ago(6),
        )
        if number % 4 == 0:
            _read(given, ReplyKind.OTHERWISE, texts["otherwise"], ago(5))
            receiving.show(by=By(student), feedback=given, person=mentor, shown=True, now=ago(5))
    if number % 3 == 0:
        gives("mentor", student, 2, number + 1)
    else:
        point = texts["asked"][number % len(texts["asked"])]
        asking.ask(by=By(student), route=route, giver=mentor, point=point, key=uuid7(), now=ago(1))


def _read(feedback: Feedback, kind: ReplyKind | None, text: str, now: datetime) -> None:
    by = By(feedback.receiver)
    receiving.open_envelope(by=by, feedback=feedback, now=now)
    if kind:
        receiving.reply(by=by, feedback=feedback, kind=kind, text=text, key=uuid7(), now=now)
