"""What the demo people wrote for themselves, what they share of it, and what they write together."""

from datetime import datetime, timedelta
from typing import Any

from tussenstop.access.models import Participation
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.reflection.actions import looping, pairing, prompting, shapes, sharing, writing
from tussenstop.reflection.actions.writing import Pen, Wrote
from tussenstop.reflection.models import Entry, Loop, TwoPage
from tussenstop.reflection.pair_queries import parts_on
from tussenstop.reflection.rules import Column
from tussenstop.reflection.turns import turn_of
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

JOURNALS = 6  # routes with somebody who writes

Texts = dict[str, Any]


def write(texts: Texts, *, now: datetime) -> None:
    """The first routes that are under way, in the order in which they began."""
    routes = Route.objects.filter(state=State.UNDER_WAY).select_related(
        "student", "programme__institution", "institution"
    )
    found = list(routes.order_by("pk")[:JOURNALS])
    for number, route in enumerate(found):
        people = _people(route)
        entries = [
            _entry(route, route.student, texts["student"][(number + turn) % 5], back, now)
            for turn, back in enumerate((38, 17, 4))
        ]
        mentor, coach = people.get("mentor"), people.get("coach") or people.get("teacher")
        if mentor is None:
            continue
        private = entries[1].theme in {"balance", "motivation"}
        if reader := people.get("coach") if private else mentor:
            _share(route, entries[1], reader, texts, number, now)
        _entry(route, mentor, texts["mentor"][number % 2], 9, now)
        prompting.add(
            by=By(mentor),
            key=uuid7(),
            text=texts["questions"][number % 3],
            theme="place_in_team",
            route=route,
            now=now - timedelta(days=12),
        )
        if coach and number < 3:
            _loop(route, mentor, coach, texts, steps=(6, 2, 1)[number], now=now)
        if number < 2:
            _page(route, mentor, texts, agreed=number == 0, now=now)
    _form(texts, found, now)


def _people(route: Route) -> dict[str, Person]:
    parts = Participation.objects.filter(route=route, ended_at=None, declined_at=None)
    rows = parts.exclude(accepted_at=None).select_related("person").order_by("accepted_at", "pk")
    return {part.role: part.person for part in rows}


def _entry(route: Route, person: Person, text: Texts, back: int, now: datetime) -> Entry:
    moment = now - timedelta(days=back, hours=back % 3)
    entry = writing.write(
        by=By(person),
        entry_id=uuid7(),
        wrote=Wrote(
            text["texts"],
            form=text.get("form", "free"),
            theme=text.get("theme", ""),
            prompt=text.get("prompt", ""),
            route=route,
        ),
        seen=0,
        pen=Pen(uuid7()),
        now=moment,
    )
    if entry is None:
        raise ValueError("a text of the demo is empty")
    if key := text.get("kept"):
        writing.highlight(by=By(person), entry=entry, key=key, on=True, now=moment)
    return entry


def _share(
    route: Route, entry: Entry, reader: Person, texts: Texts, number: int, now: datetime
) -> None:
    """One part with one reader, who looked and said a word."""
    key = next(iter(entry.texts))
    sharing.choose(
        by=By(route.student),
        entry=entry,
        route=route,
        chosen={reader.pk: {key}},
        seen=0,
        now=now - timedelta(days=3),
    )
    if number % 2 == 0:
        sharing.looked(person=reader, entry=entry, now=now - timedelta(days=2))
        word = texts["words"][number % 2]
        moment = now - timedelta(days=2)
        sharing.say(by=By(reader), entry=entry, key=uuid7(), text=word, now=moment)


def _loop(
    route: Route, mentor: Person, coach: Person, texts: Texts, *, steps: int, now: datetime
) -> None:
    began = now - timedelta(days=14)
    loop = looping.begin(
        by=By(route.student),
        route=route,
        key=uuid7(),
        about=texts["loop"]["about"],
        mentor=mentor,
        coach=coach,
        now=began,
    )
    for day, text in enumerate(texts["loop"]["steps"][:steps], start=1):
        loop = Loop.objects.select_related("route__student", "mentor", "coach").get(pk=loop.pk)
        turn = turn_of(loop, parts_on(route, now=now))
        if turn is None:
            return
        looping.write_step(
            by=By(turn.person),
            loop=loop,
            step=turn.step.key,
            text=text,
            seen=0,
            hand_on=True,
            now=began + timedelta(days=day),
        )


def _page(route: Route, mentor: Person, texts: Texts, *, agreed: bool, now: datetime) -> None:
    page = pairing.invite(
        by=By(route.student),
        route=route,
        key=uuid7(),
        mentor=mentor,
        about=texts["page"]["about"],
        now=now - timedelta(days=6),
    )
    columns = {Column.STUDENT: route.student}
    if agreed:
        pairing.answer(by=By(mentor), page=page, yes=True, now=now - timedelta(days=5))
        columns |= {Column.MENTOR: mentor, Column.COMMON: mentor}
    page = TwoPage.objects.select_related("route__student").get(pk=page.pk)
    for column, person in columns.items():
        pairing.write(
            by=By(person),
            page=page,
            column=column,
            text=texts["page"][column.value],
            seen=0,
            now=now - timedelta(days=4),
        )


def _form(texts: Texts, routes: list[Route], now: datetime) -> None:
    """A form of the first institution itself."""
    for route in routes[:1]:
        leader = (
            Membership.objects.filter(
                institution=route.institution, role=Role.PROGRAMME_COORDINATOR, until=None
            )
            .select_related("person")
            .order_by("since", "pk")
            .first()
        )
        if leader is None:
            return
        form = texts["form"]
        shapes.keep(
            by=By(leader.person),
            institution=route.institution,
            key=uuid7(),
            name=form["name"],
            about=form["about"],
            steps=[(step["question"], step["hint"]) for step in form["steps"]],
            now=now - timedelta(days=60),
        )
