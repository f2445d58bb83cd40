"""The doors to setting up the partnership: which permission each action asks, and where.

Read it as a table: the action, the permission, and the way from the action's arguments to the
institution or organisation in which the permission must be held (`None`: in the partnership).
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, ParamSpec, TypeVar

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.core.errors import NotFound
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.queries import Scope

P = ParamSpec("P")
R = TypeVar("R")


def _door(action: Callable[P, R], permission: InScope, where: str | None) -> Callable[P, R]:
    """The action, for who holds the permission there."""
    find: Callable[[Any], Scope] = attrgetter(where) if where else lambda _arguments: None

    @wraps(action)
    def through(*args: P.args, **kwargs: P.kwargs) -> R:
        given = SimpleNamespace(**kwargs)
        checks.require_in(given.by.person, permission, find(given), now=given.now)
        return action(*args, **kwargs)

    return through


def may_anywhere(person: Person, permission: InScope, *, now: datetime) -> bool:
    """Whether a role that this person holds, wherever it is, gives the permission."""
    return checks.memberships(person, now=now).filter(role__in=IN_SCOPE[permission]).exists()


def permission_to_manage(scope: Scope) -> InScope:
    """What one needs to give and end roles there."""
    if isinstance(scope, Institution):
        return InScope.MANAGE_INSTITUTION_PEOPLE
    if isinstance(scope, Organisation):
        return InScope.MANAGE_ORGANISATION_PEOPLE
    return InScope.MANAGE_PARTNERSHIP


def permission_to_see(scope: Scope) -> InScope:
    """What one needs to see the people there."""
    if isinstance(scope, Institution):
        return InScope.SEE_INSTITUTION
    if isinstance(scope, Organisation):
        return InScope.SEE_ORGANISATION
    return InScope.MANAGE_PARTNERSHIP


add_institution = _door(actions.add_institution, InScope.MANAGE_PARTNERSHIP, None)
edit_institution = _door(actions.edit_institution, InScope.EDIT_INSTITUTION, "institution")

edit_organisation = _door(actions.edit_organisation, InScope.EDIT_ORGANISATION, "organisation")

HOST = "workplace.organisation"
add_workplace = _door(actions.add_workplace, InScope.EDIT_ORGANISATION, "organisation")
edit_workplace = _door(actions.edit_workplace, InScope.EDIT_ORGANISATION, HOST)
set_hours = _door(actions.set_hours, InScope.EDIT_ORGANISATION, HOST)
close_workplace = _door(actions.close_workplace, InScope.EDIT_ORGANISATION, HOST)
reopen_workplace = _door(actions.reopen_workplace, InScope.EDIT_ORGANISATION, HOST)
add_photo = _door(actions.add_photo, InScope.EDIT_ORGANISATION, HOST)
remove_photo = _door(
    actions.remove_photo, InScope.EDIT_ORGANISATION, "photo.workplace.organisation"
)

SCHOOL = "programme.institution"
add_programme = _door(actions.add_programme, InScope.EDIT_INSTITUTION, "institution")
edit_programme = _door(actions.edit_programme, InScope.EDIT_INSTITUTION, SCHOOL)
close_programme = _door(actions.close_programme, InScope.EDIT_INSTITUTION, SCHOOL)
reopen_programme = _door(actions.reopen_programme, InScope.EDIT_INSTITUTION, SCHOOL)

ITS_SCHOOL = "competence.programme.institution"
add_competence = _door(actions.add_competence, InScope.EDIT_INSTITUTION, SCHOOL)
edit_competence = _door(actions.edit_competence, InScope.EDIT_INSTITUTION, ITS_SCHOOL)
move_competence = _door(actions.move_competence, InScope.EDIT_INSTITUTION, ITS_SCHOOL)
remove_competence = _door(actions.remove_competence, InScope.EDIT_INSTITUTION, ITS_SCHOOL)
paste_competences = _door(actions.paste_competences, InScope.EDIT_INSTITUTION, SCHOOL)

STOP_SCHOOL = "stop.programme.institution"
add_template_stop = _door(actions.add_template_stop, InScope.EDIT_INSTITUTION, SCHOOL)
edit_template_stop = _door(actions.edit_template_stop, InScope.EDIT_INSTITUTION, STOP_SCHOOL)
move_template_stop = _door(actions.move_template_stop, InScope.EDIT_INSTITUTION, STOP_SCHOOL)
remove_template_stop = _door(actions.remove_template_stop, InScope.EDIT_INSTITUTION, STOP_SCHOOL)
reset_template = _door(actions.reset_template, InScope.EDIT_INSTITUTION, SCHOOL)


@wraps(actions.add_organisation)
def add_organisation(*, by: By, now: datetime, **about: Any) -> Organisation:
    """A programme coordinator of any institution may bring an organisation in."""
    if not may_anywhere(by.person, InScope.ADD_ORGANISATION, now=now):
        raise NotFound
    return actions.add_organisation(by=by, now=now, **about)


@wraps(actions.give_role)
def give_role(*, by: By, scope: Scope, now: datetime, **what: Any) -> Membership:
    """Which permission it takes depends on where."""
    checks.require_in(by.person, permission_to_manage(scope), scope, now=now)
    return actions.give_role(by=by, scope=scope, now=now, **what)


def end_role(*, by: By, membership: Membership, now: datetime) -> None:
    """Which permission it takes depends on where."""
    scope = membership.institution or membership.organisation
    checks.require_in(by.person, permission_to_manage(scope), scope, now=now)
    actions.end_role(by=by, membership=membership, now=now)
