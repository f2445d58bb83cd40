"""Builds the demo partnership in one transaction: all of it, or nothing."""

from collections.abc import Callable
from datetime import datetime, time
from importlib.resources import files
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.db import transaction

from tussenstop.access.demo_people import FIRST_LOOK
from tussenstop.content import pack
from tussenstop.core import clock
from tussenstop.core.models import OutgoingMail
from tussenstop.ops.demo import (
    feedback,
    instruments,
    leave,
    places,
    reflections,
    rounds,
    talk,
    talks,
    weeks,
    wellbeing,
)
from tussenstop.ops.demo.journeys import Journey, last_daytime
from tussenstop.ops.demo.stages import Cast
from tussenstop.people.models import (
    Competence,
    Institution,
    Membership,
    OpeningHours,
    Organisation,
    Person,
    Programme,
    TemplateStop,
    Workplace,
)
from tussenstop.people.rules import Role
from tussenstop.routes import moves

PROGRAMME = (
    "name",
    "code",
    "about",
    "hours_target",
    "weeks",
    "lesson_hours",
    "study_hours",
)
Progress = Callable[[int, int], None]


def _data(name: str) -> Any:
    text = files("tussenstop.ops.demo").joinpath(name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


def is_built() -> bool:
    """Whether this installation already holds the demo people."""
    return Person.objects.filter(is_demo=True).exists()


def people() -> list[tuple[str, str, str]]:
    """Name, role and address of the people to sign in as for a first look."""
    found = dict(Person.objects.filter(is_demo=True).values_list("name", "email"))
    return [(name, role, found[name]) for name, role in FIRST_LOOK if name in found]


class _Builder:
    def __init__(self, now: datetime) -> None:
        self.now = last_daytime(now)
        self.since = now - clock.timedelta(days=400)
        self.people: dict[str, Person] = {}
        self.programmes: dict[str, Programme] = {}
        self.workplaces: dict[str, list[Workplace]] = {}
        self.leaders: dict[str, Person] = {}
        self.coaches: dict[str, Person] = {}
        self.coordinators: dict[str, Person] = {}
        self.mentors: dict[str, list[Person]] = {}
        self.godparents: dict[str, list[Person]] = {}

    def person(self, name: str, email: str) -> Person:
        if email not in self.people:
            person = Person(email=email, name=name, is_demo=True, created_at=self.since)
            person.set_unusable_password()
            person.save(force_insert=True)
            EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
            self.people[email] = person
        return self.people[email]

    def member(self, person: Person, role: Role, **where: Any) -> None:
        Membership.objects.get_or_create(
            person=person, role=role, until=None, defaults={"since": self.since}, **where
        )

    def institution(self, data: dict[str, Any]) -> None:
        institution = Institution.objects.create(
            created_at=self.since,
            **{k: data[k] for k in ("name", "short_name", "about", "website", "contact_email")},
        )
        roles = (
            ("programme_coordinators", Role.PROGRAMME_COORDINATOR),
            ("teachers", Role.TEACHER),
            ("coaches", Role.COACH),
        )
        found: dict[str, Person] = {}
        for key, role in roles:
            for row in data[key]:
                found[row["name"]] = person = self.person(**row)
                self.member(person, role, institution=institution)
        for row in data["programmes"]:
            programme = Programme.objects.create(
                institution=institution,
                default_teacher=found[row["teacher"]],
                created_at=self.since,
                **{k: row[k] for k in PROGRAMME},
            )
            self.programmes[row["key"]] = programme
            self.leaders[row["key"]] = found[data["programme_coordinators"][0]["name"]]
            self.coaches[row["key"]] = found[data["coaches"][0]["name"]]
            self._competences(programme, row["competences"])
            TemplateStop.objects.bulk_create(
                TemplateStop(
                    programme=programme,
                    kind=kind.key,
                    position=position,
                    optional=kind.optional,
                    week=kind.week,
                )
                for position, kind in enumerate(pack().stops.values())
            )

    def _competences(self, programme: Programme, rows: list[list[Any]]) -> None:
        parent: Competence | None = None
        for position, (code, text) in enumerate(rows):
            is_part = "." in str(code)
            row = Competence.objects.create(
                programme=programme,
                parent=parent if is_part else None,
                code=str(code),
                text=text,
                position=position,
            )
            parent = parent if is_part else row

    def organisation(self, data: dict[str, Any]) -> None:
        organisation = Organisation.objects.create(
            created_at=self.since, **{k: data[k] for k in ("name", "sector", "about", "website")}
        )
        key = data["key"]
        self.coordinators[key] = self.person(**data["coordinator"])
        self.member(
            self.coordinators[key], Role.ORGANISATION_COORDINATOR, organisation=organisation
        )
        self.mentors[key] = [self.person(**row) for row in data["mentors"]]
        for mentor in self.mentors[key]:
            self.member(mentor, Role.MENTOR, organisation=organisation)
        self.godparents[key] = [self.person(**row) for row in data["godparents"]]
        for godparent in self.godparents[key]:
            self.member(godparent, Role.COLLEAGUE, organisation=organisation)
        self.workplaces[key] = []
        for row in data["workplaces"]:
            fields = {k: v for k, v in row.items() if k != "hours"}
            workplace = Workplace.objects.create(
                organisation=organisation, created_at=self.since, **fields
            )
            self.workplaces[key].append(workplace)
            hours = row["hours"]
            OpeningHours.objects.bulk_create(
                OpeningHours(
                    workplace=workplace,
                    weekday=day,
                    opens=time.fromisoformat(hours["from"]),
                    closes=time.fromisoformat(hours["to"]),
                )
                for day in hours["days"]
            )

    def student(self, number: int, row: list[str], texts: dict[str, Any]) -> None:
        name, programme_key, context, organisation_key, stage = row
        local = "".join(c for c in name.lower().replace(" ", ".") if c.isascii())
        student = self.person(name=name, email=f"{local}@student.example")
        programme = self.programmes[programme_key]
        self.member(student, Role.STUDENT, institution=programme.institution)
        key = None if organisation_key == "none" else organisation_key
        if key and context == "own_employee":
            self.member(student, Role.COLLEAGUE, organisation=self.workplaces[key][0].organisation)
        mentors = self.mentors.get(key or "", [])
        godparents = self.godparents.get(key or "", [])
        places = self.workplaces.get(key or "", [])
        cast = Cast(
            student=student,
            programme=programme,
            leader=self.leaders[programme_key],
            teacher=programme.default_teacher,
            coach=self.coaches[programme_key] if number % 2 else None,
            workplace=places[number % len(places)] if places else None,
            coordinator=self.coordinators.get(key or ""),
            mentor=mentors[number % len(mentors)] if mentors else None,
            godparent=godparents[0] if godparents and number % 2 == 0 else None,
        )
        Journey(cast, context=context, number=number, texts=texts, today=self.now).travel(stage)


@transaction.atomic
@moves.once_at_the_end()
def build(progress: Progress | None = None, *, now: datetime | None = None) -> None:
    """Build the whole demo partnership. `progress` hears how far it is after every route."""
    data, texts = _data("partnership.yaml"), _data("texts.yaml")
    texts["positions"] = _data("positions.yaml")
    builder = _Builder(now or clock.now())
    administrator = builder.person(**data["administrator"])
    builder.member(administrator, Role.ADMINISTRATOR)
    for row in data["institutions"]:
        builder.institution(row)
    for row in data["organisations"]:
        builder.organisation(row)
    for number, row in enumerate(data["students"]):
        builder.student(number, row, texts)
        if progress:
            progress(number + 1, len(data["students"]))
    places.offer(
        _data("places.yaml"),
        programmes=builder.programmes,
        workplaces=builder.workplaces,
        coordinators=builder.coordinators,
        mentors=builder.mentors,
        now=builder.now,
    )
    places.wish(now=builder.now)
    rounds.open_rounds(programmes=builder.programmes, leaders=builder.leaders, now=builder.now)
    weeks.fill(now=builder.now)
    leave.tell(now=builder.now)
    talk.talk(_data("talk.yaml"), now=builder.now)
    talk.settle(now=builder.now)
    talks.fill(now=builder.now)
    feedback.tell(_data("feedback.yaml"), now=builder.now)
    reflections.write(_data("reflections.yaml"), now=builder.now)
    instrument = instruments.keep(
        programme=builder.programmes["zorg"], leader=builder.leaders["zorg"], now=builder.now
    )
    wellbeing.tell(instrument=instrument, now=builder.now)
    # The letters of a past that never was would only bury the first real one.
    OutgoingMail.objects.all().delete()
