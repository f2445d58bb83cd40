"""A page of student and mentor: invited, accepted, written side by side and together."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.models import TwoPage, TwoText
from tussenstop.reflection.notifications import invited
from tussenstop.reflection.rules import LONGEST, Column
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


class CannotPair(DomainError):
    """This can't be written together so."""


class ColumnElsewhere(Stale):
    """Somebody saved another text meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: TwoText) -> None:
        super().__init__(
            _("%(who)s wrote here meanwhile. Both texts stand here: bring them together.")
            % {"who": theirs.person.name}
        )
        self.theirs = theirs.text
        self.version = theirs.version


@transaction.atomic
def invite(
    *, by: By, route: Route, key: UUID, mentor: Person, about: str, now: datetime
) -> TwoPage:
    """Ask the other to reflect together. Nothing is shared before they say yes."""
    roles = checks.require(by.person, OnRoute.REFLECT_TOGETHER, route, now=now)
    lock(route.pk)
    mine = TwoPage.objects.filter(pk=key, route=route, invited_by=by.person)
    if there := mine.first():
        return there
    is_mentor = Participation.objects.filter(
        checks.taking_part(now), route=route, person=mentor, role=RouteRole.MENTOR
    ).exists()
    if not is_mentor or (RouteRole.STUDENT not in roles and mentor.pk != by.person.pk):
        raise NotFound
    if not about.strip():
        raise CannotPair(_("Say in a few words what it is about."), field="about")
    page, new = once.make(
        mine,
        pk=key,
        route=route,
        mentor=mentor,
        about=about.strip(),
        invited_by=by.person,
        invited_at=now,
    )
    if not new:
        return page
    other = mentor if by.person.pk == route.student_id else route.student
    invited(person=other, by=by.person, page_id=page.pk)
    rebuild(route)
    return page


@transaction.atomic
def answer(*, by: By, page: TwoPage, yes: bool, now: datetime) -> None:
    """The one who was invited says yes or no. The same answer twice is once."""
    checks.require(by.person, OnRoute.REFLECT_TOGETHER, page.route, now=now)
    if by.person.pk == page.invited_by_id:
        raise Refused(_("answer one's own invitation"))
    lock(page.route_id)
    column = "accepted_at" if yes else "declined_at"
    open_ = TwoPage.objects.filter(pk=page.pk, accepted_at=None, declined_at=None, ended_at=None)
    if not open_.update(**{column: now}):
        fresh = TwoPage.objects.get(pk=page.pk)
        if getattr(fresh, column) is None:
            raise Stale(_("This was answered or ended already."))
    rebuild(page.route)


@transaction.atomic
def write(*, by: By, page: TwoPage, column: Column, text: str, seen: int, now: datetime) -> TwoText:
    """Write one's own column (also before the other said yes), or the text together (only after).
    Every version stays. Raises ColumnElsewhere."""
    checks.require(by.person, OnRoute.REFLECT_TOGETHER, page.route, now=now)
    if column not in columns_of(page, by.person):
        raise Refused(_("write in the other's column"))
    lock(page.route_id)
    page.refresh_from_db(fields=["ended_at", "declined_at"])
    if page.ended_at or page.declined_at:
        raise Stale(_("This page was ended. What stands there can still be read."))
    if len(text) > LONGEST:
        raise CannotPair(
            _("One text holds at most %(count)s characters.") % {"count": LONGEST}, field="text"
        )
    now_there = newest(page, column)
    version = now_there.version if now_there else 0
    if now_there and now_there.text == text.strip():
        return now_there
    if now_there and version != seen:
        raise ColumnElsewhere(now_there)
    return TwoText.objects.create(
        page=page,
        column=column,
        version=version + 1,
        text=text.strip(),
        person=by.person,
        at=now,
    )


@transaction.atomic
def end(*, by: By, page: TwoPage, now: datetime) -> None:
    """Either of the two is done with it; both can still read it. Twice is once."""
    checks.require(by.person, OnRoute.REFLECT_TOGETHER, page.route, now=now)
    lock(page.route_id)
    TwoPage.objects.filter(pk=page.pk, ended_at=None).update(ended_at=now)
    rebuild(page.route)


def newest(page: TwoPage, column: str) -> TwoText | None:
    texts = TwoText.objects.filter(page=page, column=column).select_related("person")
    return texts.order_by("-version").first()


def columns_of(page: TwoPage, person: Person) -> list[Column]:
    """Where this person writes."""
    own = Column.STUDENT if person.pk == page.route.student_id else Column.MENTOR
    return [own, Column.COMMON] if page.accepted_at else [own]
