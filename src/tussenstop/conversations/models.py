"""Conversations: planned together or noted afterwards; each writes in their own part."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.conversations.rules import State
from tussenstop.core.models import Record
from tussenstop.people.models import Person
from tussenstop.routes.models import Route, Stop


class Conversation(Record):
    """A talk on a route. `day` is what lists are sorted by: when it was or will be held, or, while
    a moment is looked for, when that began. A closed one exists only for who takes part."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    stop = models.ForeignKey(Stop, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(_("what it is about"), max_length=200, blank=True)
    # Colleagues who are not on the route, in words ("the morning shift"): nobody is named.
    others = models.CharField(_("who else is there"), max_length=120, blank=True)
    closed = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    day = models.DateField()
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)  # when somebody said that it was held
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cancel_word = models.CharField(max_length=300, blank=True)
    common = models.TextField(blank=True)
    common_by = models.CharField(max_length=120, blank=True)
    common_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["route", "-day"], name="conversation_route_day")]

    @property
    def state(self) -> State:
        if self.cancelled_at:
            return State.CANCELLED
        if self.held_at:
            return State.HELD
        return State.PLANNED if self.starts_at else State.ASKED

    @property
    def was_noted(self) -> bool:
        """Written down afterwards, and not planned before."""
        return self.held_at == self.made_at

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class Attendee(Record):
    """Somebody who takes part, in the role they had then. `answered_at` and `word` are about the
    moments that are proposed now; `joined_at` is set for who came in place of somebody else."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    answered_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=300, blank=True)
    joined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="attendee_once")
        ]
        indexes = [models.Index(fields=["person"], name="attendee_person")]


class Slot(Record):
    """A moment that was proposed; ended once another round began, or one of them was fixed."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class SlotAnswer(Record):
    """Whether a moment suits somebody."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    suits = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="slot_answer_once")]


class Part(Record):
    """What one person wrote about a talk: theirs alone to change. `differs` says kindly that they
    saw it otherwise."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    text = models.TextField()
    differs = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="part_once")]


class Common(Record):
    """How the text of all read, each time somebody saved it: nobody writes another's words away."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "version"], name="common_once")
        ]


class Prepared(Record):
    """What somebody wrote before a talk: theirs alone until they share it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    shared_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="prepared_once")
        ]


class Prompt(Record):
    """A question of one's own to prepare a kind of talk with, beside the built-in ones."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.CharField(_("question"), max_length=300)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="prompt_person_kind")]


class Point(Record):
    """Something that somebody will do after a talk."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="points")
    text = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due = models.DateField(_("by when"), null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "due"],
                condition=models.Q(done_at=None, dropped_at=None),
                name="point_owner_open",
            )
        ]


class Reminded(Record):
    """The newest letter about a kind of talk that was long ago on a route: both sides got it. The
    talk was due `since` that day, and this was the first letter about it or a later one."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    number = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "kind"], name="talk_reminded_once")]
