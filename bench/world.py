"""A partnership of any size, written straight into the tables: as many routes as asked, each with
its people, placement, stops, agenda, sealed start agreement, moves and story.

Everything is spread the way a real partnership spreads: one large institution, a teacher for every
200 routes, an organisation for every 40, routes at every place along the line.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.agreements.models import Agreement, Consent, Party, Revision, Seal
from tussenstop.agreements.rules import digest
from tussenstop.content import pack
from tussenstop.core.models import AuditEntry
from tussenstop.people.models import (
    Institution,
    Membership,
    Organisation,
    Person,
    Programme,
    TemplateStop,
    Workplace,
)
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Move, Placement, Route, Stop

ROUTES_A_TEACHER = 200
ROUTES_AN_ORGANISATION = 40
CHUNK = 2_000
STATES = ("preparing", "acquainting", "agreed", "under_way", "under_way", "under_way", "completed")


@dataclass(frozen=True, slots=True)
class Ids:
    """Whom and what the measured pages belong to."""

    student: Any
    mentor: Any
    teacher: Any
    programme_coordinator: Any
    organisation_coordinator: Any
    route: Any
    stop: Any
    agreement: Any


def save(rows: Iterable[models.Model]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=CHUNK)


def person(kind: str, number: int, now: datetime) -> Person:
    return Person(
        email=f"{kind}{number}@example.org",
        name=f"{kind.capitalize()} Nummer {number}",
        created_at=now,
        password="!",
    )


def build(routes: int, now: datetime) -> Ids:
    """Fill an empty database. Returns whom to look as; progress goes to stderr."""
    institution = Institution(name="Hogeschool", created_at=now)
    save([institution])
    teachers = [person("docent", i, now) for i in range(max(1, routes // ROUTES_A_TEACHER))]
    count = max(2, routes // ROUTES_AN_ORGANISATION)
    organisations = [Organisation(name=f"Organisatie {i}", created_at=now) for i in range(count)]
    workplaces = [Workplace(organisation=o, name="Team", created_at=now) for o in organisations]
    coordinators = [person("coordinator", i, now) for i in range(count)]
    leader = person("opleiding", 0, now)
    for rows in (teachers, organisations, workplaces, [*coordinators, leader]):
        save(rows)
    programmes = [
        Programme(institution=institution, name=f"Opleiding {i}", hours_target=400, created_at=now)
        for i in range(12)
    ]
    save(programmes)
    kinds = list(pack().stops.values())
    save(
        TemplateStop(programme=p, kind=kind.key, position=i, week=kind.week)
        for p in programmes
        for i, kind in enumerate(kinds)
    )
    save(
        [
            *(
                Membership(person=p, role="organisation_coordinator", organisation=o, since=now)
                for p, o in zip(coordinators, organisations, strict=True)
            ),
            Membership(
                person=leader, role="programme_coordinator", institution=institution, since=now
            ),
        ]
    )
    ids = None
    for first in range(0, routes, CHUNK):
        numbers = range(first, min(first + CHUNK, routes))
        made = _chunk(numbers, now, institution, programmes, teachers, workplaces, kinds)
        if ids is None:
            student, mentor, route, stop, agreement = made
            ids = Ids(student, mentor, teachers[0], leader, coordinators[0], route, stop, agreement)
        sys.stderr.write(f"\r  {numbers[-1] + 1:,} of {routes:,} routes ")
        sys.stderr.flush()
    sys.stderr.write("\n")
    assert ids is not None
    return ids


def _chunk(
    numbers: range,
    now: datetime,
    institution: Institution,
    programmes: list[Programme],
    teachers: list[Person],
    workplaces: list[Workplace],
    kinds: list[Any],
) -> tuple[Any, ...]:
    students = [person("student", n, now) for n in numbers]
    mentors = [person("mentor", n, now) for n in numbers]
    save(students)
    save(mentors)
    routes, placements, parts, reaches, stops = [], [], [], [], []
    agreements, revisions, parties, consents, seals, moves, story = [], [], [], [], [], [], []
    agenda, checklist = [], []
    for n, student, mentor in zip(numbers, students, mentors, strict=True):
        done = n % len(kinds)
        since = now - timedelta(days=n % 90, minutes=n % 1440)
        teacher = teachers[n // ROUTES_A_TEACHER % len(teachers)]
        workplace = workplaces[n // ROUTES_AN_ORGANISATION % len(workplaces)]
        waits = n % 3 == 0
        route = Route(
            institution=institution,
            programme=programmes[n % len(programmes)],
            student=student,
            context="workplace_student",
            state=STATES[n % len(STATES)],
            state_since=since,
            hours_target=400,
            created_at=since,
            agreed_at=since,
            **({"attention_at": since, "waiting_for": "student"} if waits else {}),
        )
        first_day = (now - timedelta(days=n % 120)).date()
        placement = Placement(
            route=route,
            organisation_id=workplace.organisation_id,
            workplace=workplace,
            starts_on=first_day,
            ends_on=first_day + timedelta(days=180),
            created_at=since,
        )
        routes.append(route)
        placements.append(placement)
        reaches.append(
            OrganisationReach(route=route, organisation_id=workplace.organisation_id, since=since)
        )
        people = (("student", student), ("mentor", mentor), ("teacher", teacher))
        parts.extend(
            Participation(
                route=route,
                person=who,
                role=role,
                placement=placement if role == "mentor" else None,
                invited_at=since,
                accepted_at=since,
            )
            for role, who in people
        )
        mine = [
            Stop(
                route=route,
                kind=kind.key,
                position=i,
                optional=kind.optional,
                stretch=kind.stretch,
                lead=kind.lead,
                attends=list(kind.attends),
                aimed_on=first_day + timedelta(weeks=kind.week or 0),
                starts_at=now + timedelta(days=n % 9, hours=2) if i == done else None,
                done_at=since if i < done else None,
                outcome="Het liep goed." if i < done else "",
            )
            for i, kind in enumerate(kinds)
        ]
        stops.extend(mine)
        current = mine[done]
        kind = kinds[done]
        agenda.extend(
            AgendaPoint(stop=current, key=key, position=i) for i, key in enumerate(kind.agenda)
        )
        checklist.extend(
            ChecklistItem(
                stop=current, key=c.key, who=c.who, automatic=c.automatic or "", position=i
            )
            for i, c in enumerate(kind.checklist.values())
        )
        agreement = Agreement(
            route=route,
            placement=placement,
            kind="start",
            title=f"Startafspraak {n}",
            created_by=student,
            created_at=since,
        )
        body = {
            "sections": [
                {
                    "key": f"part{i}",
                    "title": f"Deel {i}",
                    "owner": "",
                    "fields": [{"key": "a", "label": "Vraag", "value": "Een antwoord. " * 12}],
                }
                for i in range(9)
            ],
            "data": {},
        }
        revision = Revision(
            agreement=agreement,
            number=1,
            body=body,
            body_digest=digest(body),
            proposed_by=student,
            proposed_at=since,
        )
        agreements.append(agreement)
        revisions.append(revision)
        for place, (role, who) in enumerate(people):
            party = Party(revision=revision, person=who, role=role, name=who.name, position=place)
            parties.append(party)
            if not waits:
                consents.append(Consent(party=party, answer="yes", means="session", at=since))
        if waits:
            moves.append(
                Move(
                    route=route,
                    code="answer_agreement",
                    role="student",
                    person=student,
                    subject_id=agreement.pk,
                    since=since,
                )
            )
            moves.append(
                Move(
                    route=route,
                    code="answer_agreement",
                    role="teacher",
                    person=teacher,
                    subject_id=agreement.pk,
                    since=since,
                )
            )
        else:
            content = {"title": agreement.title, "text": body, "parties": [], "n": n}
            seals.append(
                Seal(revision=revision, digest=digest(content), content=content, sealed_at=since)
            )
        if n % 10 == 0:
            moves.append(
                Move(
                    route=route,
                    code="appoint_mentor",
                    role="organisation_coordinator",
                    organisation_id=workplace.organisation_id,
                    subject_id=placement.pk,
                    since=since,
                )
            )
            moves.append(
                Move(
                    route=route,
                    code="appoint_teacher",
                    role="programme_coordinator",
                    institution=institution,
                    subject_id=route.pk,
                    since=since,
                )
            )
        story.extend(
            AuditEntry(
                at=since + timedelta(minutes=i),
                code="people.accepted",
                actor_id=student.pk,
                actor_label=student.name,
                means="session",
                route_id=route.pk,
                params={"role": "student"},
            )
            for i in range(8)
        )
    for rows in (
        routes,
        placements,
        parts,
        reaches,
        stops,
        agenda,
        checklist,
        agreements,
        revisions,
        parties,
        consents,
        seals,
        moves,
        story,
    ):
        save(rows)
    current = next(s for s in stops if s.route_id == routes[3].pk and s.starts_at)
    return students[3], mentors[3], routes[3].pk, current.pk, agreements[3].pk
