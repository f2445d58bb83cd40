"""What somebody is asked before a talk, and what was answered and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.conversations.models import Attendee, Conversation, Prepared, Prompt
from tussenstop.conversations.names import kind_of
from tussenstop.conversations.queries import get_conversation, there_still
from tussenstop.people.models import Person
from tussenstop.routes.preparation_queries import Question
from tussenstop.routes.queries import RouteView


@dataclass(frozen=True, slots=True)
class PreparePage:
    """The questions of a kind of talk, one's own among them, and what was written until now."""

    view: RouteView
    conversation: Conversation
    questions: list[Question]
    own: list[Prompt]
    mine: Prepared | None
    readers: list[Person]  # the others who take part and still travel along
    later: list[Person]  # those among them who joined after it was shared, and do not read it


def prepare_page(*, person: Person, conversation_id: UUID, now: datetime) -> PreparePage:
    """For who takes part. Raises NotFound, or Refused."""
    found, view = get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    kind = kind_of(found.kind)
    built_in = kind.prompts.values() if kind else ()
    own = list(
        Prompt.objects.filter(person=person, kind=found.kind, removed_at=None).order_by(
            "made_at", "pk"
        )
    )
    mine = Prepared.objects.filter(conversation=found, person=person).first()
    others = [
        one
        for one in there_still(found, now=now).select_related("person").order_by("pk")
        if one.person_id != person.pk
    ]
    later = [one.person for one in others if mine and mine.shared_at and not _reads(one, mine)]
    return PreparePage(
        view=view,
        conversation=found,
        questions=[
            *(Question(one.key, str(one.text)) for one in built_in),
            *(Question(str(one.pk), one.text) for one in own),
        ],
        own=own,
        mine=mine,
        readers=[one.person for one in others if one.person not in later],
        later=later,
    )


def _reads(one: Attendee, prepared: Prepared) -> bool:
    """It was shared while they took part."""
    shared = prepared.shared_at
    return shared is not None and (one.joined_at is None or one.joined_at <= shared)


def lines_of(
    conversation: Conversation, answers: Mapping[str, str], own: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Question and answer, built-in ones first, free space last."""
    kind = kind_of(conversation.kind)
    built_in = {key: str(one.text) for key, one in kind.prompts.items()} if kind else {}
    names = {**built_in, **own}
    order = {key: place for place, key in enumerate(names)}
    keys = sorted(
        (key for key, text in answers.items() if text.strip()),
        key=lambda key: order.get(key, len(order)),
    )
    return [(names.get(key, ""), answers[key]) for key in keys]


def _ids(answers: Mapping[str, str]) -> list[UUID]:
    found = []
    for key in answers:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def questions_behind(*kept: Mapping[str, str]) -> dict[str, str]:
    """Own questions that were answered, also those that are not asked any more."""
    ids = [pk for answers in kept for pk in _ids(answers)]
    if not ids:
        return {}
    rows = Prompt.objects.filter(pk__in=ids).order_by("made_at", "pk")
    return {str(pk): text for pk, text in rows.values_list("pk", "text")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A preparation that its writer chose to show."""

    person: Person
    role: str
    lines: list[tuple[str, str]]


def preparations_of(
    conversation: Conversation, person: Person
) -> tuple[Prepared | None, list[Shown]]:
    """One's own, and what is shown to who takes part. Call it for who takes part only."""
    rows = list(Prepared.objects.filter(conversation=conversation).select_related("person"))
    mine = next((row for row in rows if row.person_id == person.pk), None)
    there = {one.person_id: one for one in conversation.attendees.all()}
    roles = {pk: one.role for pk, one in there.items()}
    shared = [row for row in rows if row.person_id == person.pk or _reads(there[person.pk], row)]
    shared = [row for row in shared if row.shared_at]
    own = questions_behind(*(row.answers for row in shared))
    return mine, [
        Shown(row.person, roles.get(row.person_id, ""), lines_of(conversation, row.answers, own))
        for row in sorted(shared, key=lambda row: row.person.name)
    ]
