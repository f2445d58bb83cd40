"""Looking for a moment that suits everybody who talks: what is on the table, and who said what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tussenstop.conversations.models import Attendee, Conversation, Slot, SlotAnswer
from tussenstop.conversations.queries import there_still
from tussenstop.people.models import Person


def open_slots(conversation: Conversation) -> QuerySet[Slot]:
    """The moments on the table, soonest first."""
    return (
        Slot.objects.filter(conversation=conversation, ended_at=None)
        .select_related("proposed_by")
        .order_by("starts_at", "pk")
    )


def suiting(conversation: Conversation, people: Collection[UUID], *, now: datetime) -> list[Slot]:
    """The moments on the table, still to come, to which all these people said yes."""
    wanted = set(people)
    slots = open_slots(conversation).filter(starts_at__gt=now).prefetch_related("answers")
    return [
        slot
        for slot in slots
        if wanted <= {one.person_id for one in slot.answers.all() if one.suits}
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A moment on the table: whom it suits, whether it suits this person, and whether it is over."""

    slot: Slot
    suits: list[Person]
    mine: bool | None
    fits: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Poll:
    """The moments on the table, as one person sees them: `own` when they proposed them."""

    choices: list[Choice]
    waiting: list[Person]
    words: list[Attendee]
    answered: bool
    own: bool
    chooses: bool

    @property
    def proposer(self) -> Person:
        return self.choices[0].slot.proposed_by

    @property
    def passed(self) -> bool:
        """None of the moments is still to come: others are needed."""
        return all(choice.passed for choice in self.choices)

    @property
    def settled(self) -> bool:
        """Everybody answered, and it is up to this person to go on."""
        return self.chooses and not self.waiting

    @property
    def asks(self) -> bool:
        """An answer of this person still makes a difference."""
        return not (self.own or self.passed or (self.settled and self.fitting))

    @property
    def fitting(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.fits]

    @property
    def seen(self) -> str:
        return " ".join(str(choice.slot.pk) for choice in self.choices)


def poll_of(conversation: Conversation, person: Person, *, now: datetime) -> Poll | None:
    """None when no moments are on the table. When whoever proposed them left, everybody chooses."""
    slots = list(
        open_slots(conversation).prefetch_related(
            Prefetch("answers", SlotAnswer.objects.select_related("person").order_by("pk"))
        )
    )
    if not slots:
        return None
    attendees = list(there_still(conversation, now=now).select_related("person").order_by("pk"))
    everybody = {one.person_id for one in attendees}
    proposer = slots[0].proposed_by_id
    choices = []
    for slot in slots:
        yes = [one.person for one in slot.answers.all() if one.suits]
        mine = next((a.suits for a in slot.answers.all() if a.person_id == person.pk), None)
        passed = slot.starts_at <= now
        fits = not passed and everybody <= {one.pk for one in yes}
        choices.append(Choice(slot, yes, mine, fits, passed))
    waiting = [one.person for one in attendees if one.answered_at is None]
    return Poll(
        choices=choices,
        waiting=waiting,
        words=[one for one in attendees if one.word],
        answered=any(one.person_id == person.pk and one.answered_at for one in attendees),
        own=proposer == person.pk,
        chooses=proposer == person.pk or proposer not in everybody,
    )
