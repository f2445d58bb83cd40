"""Letters about the log: to who is named, and once to who did not look since. Without the words
themselves: those can be taken back for some minutes."""

from collections.abc import Sequence, Set
from datetime import datetime
from uuid import UUID

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.core import letters
from tussenstop.people.models import Person
from tussenstop.routelog.models import Reader, Word


def written(word: Word, people: Sequence[Person], *, named: Set[UUID], now: datetime) -> None:
    readers = {
        one.person_id: one for one in Reader.objects.filter(route=word.route, person__in=people)
    }
    for person in people:
        if person.pk in named:
            _send(word, person, "routelog/named", now)
        elif _has_looked(readers.get(person.pk)):
            _send(word, person, "routelog/written", now)
        else:
            continue
        Reader.objects.update_or_create(route=word.route, person=person, defaults={"told_at": now})


def _has_looked(reader: Reader | None) -> bool:
    """Whether they have read since they were last told that there is more."""
    if reader is None or reader.told_at is None:
        return True
    return reader.read_at is not None and reader.read_at >= reader.told_at


def _send(word: Word, person: Person, template: str, now: datetime) -> None:
    link = links.issue(
        person=person,
        purpose=Purpose.LOG,
        subject_id=word.route_id,
        route_id=word.route_id,
        now=now,
    )
    letters.send(
        to=person.email,
        language=person.language,
        template=template,
        context={
            "name": person.first_name,
            "who": word.author.name,
            "student": word.route.student.name,
            "own": word.route.student_id == person.pk,
            "action_url": links.url_of(link),
        },
    )
