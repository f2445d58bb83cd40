"""Letters about routes: always to the person whose move it is, with the one thing to do."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import letters
from tussenstop.people.models import Person
from tussenstop.routes.models import Moment
from tussenstop.routes.names import name_of


def when_text(moment: datetime) -> str:
    """Day and hour in words, where the installation stands, in the active language."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def asked_to_take_part(part: Participation, *, now: datetime) -> None:
    """A letter with the link on which one says whether one takes part."""
    link = links.issue(
        person=part.person,
        purpose=Purpose.ROLE,
        subject_id=part.pk,
        route_id=part.route_id,
        now=now,
    )
    with translation.override(part.person.language):
        letters.send(
            to=part.person.email,
            language=part.person.language,
            template="routes/asked",
            context={
                "name": part.person.first_name,
                "inviter": part.invited_by.name if part.invited_by else "",
                "student": part.route.student.name,
                "programme": part.route.programme.name,
                "role": str(RouteRole(part.role).label),
                "is_student": part.role == RouteRole.STUDENT,
                "action_url": links.url_of(link),
            },
        )


def answered_invitation(part: Participation, *, takes_part: bool, now: datetime) -> None:  # noqa: ARG001
    """Who asked is told the answer."""
    if part.invited_by is None or part.invited_by_id == part.person_id:
        return
    to = part.invited_by
    with translation.override(to.language):
        letters.send(
            to=to.email,
            language=to.language,
            template="routes/answered",
            context={
                "name": to.first_name,
                "who": part.person.name,
                "role": str(RouteRole(part.role).label),
                "student": part.route.student.name,
                "takes_part": takes_part,
                "action_url": letters.address("route", part.route_id),
            },
        )


def role_ended(part: Participation, *, now: datetime) -> None:  # noqa: ARG001
    """The old holder of a role is told that it ended."""
    with translation.override(part.person.language):
        letters.send(
            to=part.person.email,
            language=part.person.language,
            template="routes/ended",
            context={
                "name": part.person.first_name,
                "role": str(RouteRole(part.role).label),
                "student": part.route.student.name,
            },
        )


def moment_proposed(moment: Moment, people: Iterable[Person], *, now: datetime) -> None:
    """Everybody the stop needs gets a link on which one tap answers."""
    for person in people:
        link = links.issue(
            person=person,
            purpose=Purpose.MOMENT,
            subject_id=moment.pk,
            route_id=moment.stop.route_id,
            now=now,
        )
        with translation.override(person.language):
            letters.send(
                to=person.email,
                language=person.language,
                template="routes/moment_proposed",
                context={
                    "name": person.first_name,
                    "who": moment.proposed_by.name,
                    "student": moment.stop.route.student.name,
                    "stop": name_of(moment.stop),
                    "when": when_text(moment.starts_at),
                    "place": moment.place,
                    "action_url": links.url_of(link),
                },
            )


def _about_moment(moment: Moment, person: Person, template: str, **more: str) -> None:
    with translation.override(person.language):
        letters.send(
            to=person.email,
            language=person.language,
            template=template,
            context={
                "name": person.first_name,
                "student": moment.stop.route.student.name,
                "stop": name_of(moment.stop),
                "when": when_text(moment.starts_at),
                "place": moment.place,
                "action_url": letters.address("stop", moment.stop_id),
                **more,
            },
        )


def moment_set(moment: Moment, people: Iterable[Person], *, now: datetime) -> None:  # noqa: ARG001
    for person in people:
        _about_moment(moment, person, "routes/moment_set")


def moment_declined(moment: Moment, who: Person, word: str, *, now: datetime) -> None:  # noqa: ARG001
    _about_moment(
        moment, moment.proposed_by, "routes/moment_declined", who=who.name, word=word.strip()
    )
