"""Students from a file: who becomes known, gets the role, and is asked to start a route."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tussenstop.core.ids import uuid7
from tussenstop.imports.lines import Line, Values, wrong_line
from tussenstop.imports.lookups import Programmes, Workplaces, people_of
from tussenstop.imports.naming import folded
from tussenstop.imports.rules import Change
from tussenstop.imports.values import context_of, date_of, email_of, line_of
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited, find_or_create_person, give_role
from tussenstop.people.models import Institution, Membership, Person, Programme
from tussenstop.people.queries import in_force, not_over
from tussenstop.people.rules import Role
from tussenstop.routes.actions import start
from tussenstop.routes.models import Route
from tussenstop.routes.rules import LIVE, Context

NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class NewStudent:
    """What a row asks: a route for this student, and the role when they do not hold it."""

    email: str
    name: str
    is_student: bool
    programme: Programme
    context: Context
    teacher: Person | None
    place: start.Place | None


def _name_of(text: str) -> str:
    return line_of(text, NAME_LENGTH)


class Known:
    """What the rows are judged against, read at once."""

    def __init__(self, rows: Sequence[Values], *, institution: Institution, now: datetime) -> None:
        self.programmes = Programmes(institution)
        self.workplaces = Workplaces(rows)
        self.people = people_of(rows)
        here = Membership.objects.filter(institution=institution)
        teachers = here.filter(in_force(now), role=Role.TEACHER).select_related("person")
        self.teachers = {one.person.email.lower(): one.person for one in teachers}
        people = list(self.people.values())
        self.students: set[UUID] = set(
            here.filter(not_over(now), role=Role.STUDENT, person__in=people).values_list(
                "person_id", flat=True
            )
        )
        self.routes: set[tuple[UUID, UUID]] = set(
            Route.objects.filter(
                institution=institution, state__in=LIVE, student__in=people
            ).values_list("student_id", "programme_id")
        )


def _name(row: Values) -> str:
    if row.text("name"):
        return row.read("name", _name_of) or ""
    parts = [row.text("first_name"), row.text("last_name")]
    key = (
        "name" if not any(key in row.texts for key in ("first_name", "last_name")) else "last_name"
    )
    if not any(parts):
        row.wrong(key, _("This is still needed."))
        return ""
    whole = Values(row.number, {key: " ".join(part for part in parts if part)})
    name = whole.read(key, _name_of)
    row.problems.update(whole.problems)
    return name or ""


def _teacher(row: Values, known: Known, email: str | None) -> Person | None:
    address = row.read("teacher", email_of)
    if address is None:
        return None
    teacher = known.teachers.get(address)
    if teacher is None:
        row.wrong("teacher", _("Nobody with this address is a teacher at your institution."))
    elif address == email or teacher == known.people.get(email or ""):
        row.wrong("teacher", _("The student can't take another role on their own route."))
    return teacher


def _own_place(row: Values, known: Known, programme: Programme | None) -> start.Place | None:
    """Where an own employee learns; the programme's usual length when no last day is named."""
    workplace = known.workplaces.one(row)
    first = row.read("first_day", date_of, needed=True)
    last: date | None = row.read("last_day", date_of)
    if first and programme and not row.text("last_day"):
        last = first + timedelta(weeks=programme.weeks)
    if first and last and last < first:
        row.wrong("last_day", _("The last day lies before the first."))
    if workplace is None or first is None or last is None or row.problems:
        return None
    return start.Place(workplace, first, last)


class _Seen:
    """What earlier rows of the same file said."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, int]] = {}
        self._routes: dict[tuple[str, UUID], int] = {}

    def check(self, row: Values, who: str, name: str, programme: Programme) -> None:
        other, number = self._names.setdefault(who, (name, row.number))
        if folded(other) != folded(name):
            row.wrong(
                "email",
                _("Row %(row)s has this address with another name: %(name)s.")
                % {"row": number, "name": other},
            )
        first = self._routes.setdefault((who, programme.pk), row.number)
        if first != row.number:
            row.wrong(
                "email",
                _("This student stands in row %(row)s already, for the same programme.")
                % {"row": first},
            )


def _judge(row: Values, known: Known, seen: _Seen) -> Line[NewStudent]:
    name = _name(row)
    email = row.read("email", email_of, needed=True)
    programme = known.programmes.one(row)
    context = row.read("context", context_of) or Context.WORKPLACE_STUDENT
    teacher = _teacher(row, known, email)
    place = _own_place(row, known, programme) if context == Context.OWN_EMPLOYEE else None
    person = known.people.get(email or "")
    if email and name and programme:
        seen.check(row, str(person.pk) if person else email, name, programme)
    if row.problems or not email or programme is None:
        return wrong_line(row)
    if person and (person.pk, programme.pk) in known.routes:
        told = _("%(name)s travels a route through this programme already.") % {"name": person.name}
        return Line(row.number, row.texts, {}, Change.SAME, told)
    told = _("Starts a route through %(programme)s.") % {"programme": programme.name}
    if person and folded(person.name) != folded(name):
        told += " " + _("Is known already, and keeps the name they chose.")
    plan = NewStudent(
        email=email,
        name=name,
        is_student=person is not None and person.pk in known.students,
        programme=programme,
        context=context,
        teacher=teacher,
        place=place,
    )
    return Line(row.number, row.texts, {}, Change.NEW, told, plan)


def judge(
    rows: Sequence[Values], *, institution: Institution, now: datetime
) -> list[Line[NewStudent]]:
    """What each row would do, in a number of reads that does not grow with the rows."""
    known, seen = Known(rows, institution=institution, now=now), _Seen()
    return [_judge(row, known, seen) for row in rows]


def write(plan: NewStudent, *, by: By, institution: Institution, now: datetime) -> None:
    """Make the student known, give the role, and start the route."""
    invited = Invited(plan.email, plan.name, by.person.language)
    student = find_or_create_person(
        email=invited.email, name=invited.name, language=invited.language, now=now
    )
    held = Membership.objects.filter(
        not_over(now), institution=institution, person=student, role=Role.STUDENT
    )
    # One file can name a student for two programmes: the role is given with the first.
    if not plan.is_student and not held.exists():
        give_role(by=by, to=invited, role=Role.STUDENT, scope=institution, now=now)
    start.start_for_student(
        by=by,
        key=uuid7(),
        student=student,
        programme=plan.programme,
        context=plan.context,
        teacher=plan.teacher,
        place=plan.place,
        now=now,
    )
