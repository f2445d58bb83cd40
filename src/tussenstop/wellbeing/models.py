"""How people are doing, in their own eyes: theirs alone. What they wrote is sealed.

No relation leads here from another table (`related_name="+"`), and nothing of this is written in
the story of a route.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.core.sealed import SealedField
from tussenstop.instruments.models import Instrument
from tussenstop.people.models import Person
from tussenstop.wellbeing.rules import Rhythm, Urgency


class Choice(Record):
    """Whether somebody wants this at all, and how often. Without a row: not chosen yet."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    wants = models.BooleanField()
    at = models.DateTimeField()
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.NEVER)
    quiet_until = models.DateField(null=True)  # not on Today before this day


class CheckIn(Record):
    """One look at how somebody is doing: `said` holds the answers by the key of each sentence
    (`items`), and the one `word`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    said = SealedField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="check_in_person_at")]

    @property
    def items(self) -> dict[str, int]:
        return dict(self.said["items"])

    @property
    def word(self) -> str:
        return str(self.said["word"])


class Answered(Record):
    """One time that somebody filled in a questionnaire of their institution: `said` holds for each
    of its sentences which answer they chose (from 1 on), and a `word` of their own. The version
    that it points at never changes."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    said = SealedField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="answered_person_at")]

    @property
    def answers(self) -> list[int]:
        return list(self.said["answers"])

    @property
    def word(self) -> str:
        return str(self.said["word"])


class Share(Record):
    """What one coach may read: one check-in, one questionnaire, or (without either) everything from
    `since` on. Taken back, the row is gone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    check_in = models.ForeignKey(CheckIn, models.CASCADE, null=True, related_name="+")
    answered = models.ForeignKey(Answered, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coach", "check_in"],
                condition=Q(check_in__isnull=False),
                name="share_moment_once",
            ),
            models.UniqueConstraint(
                fields=["coach", "answered"],
                condition=Q(answered__isnull=False),
                name="share_answered_once",
            ),
            models.UniqueConstraint(
                fields=["coach", "person"],
                condition=Q(check_in__isnull=True, answered__isnull=True),
                name="share_from_now_on_once",
            ),
            models.CheckConstraint(
                condition=Q(check_in=None) | Q(answered=None), name="share_one_thing"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="share_person")]

    @property
    def one(self) -> CheckIn | Answered | None:
        """The one thing that may be read; nothing when it is everything from some moment on."""
        return self.check_in or self.answered


class Look(Record):
    """A coach opened what somebody shared: one row for every time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="wellbeing_look_person_at")]


class Question(Record):
    """Somebody asks a coach for help. `waiting_since` is empty while the coach spoke last."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said = SealedField()  # what, and how to reach me
    urgency = models.CharField(max_length=10, choices=Urgency.choices)
    asked_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # the coach's first words
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["coach", "closed_at", "asked_at"], name="question_coach"),
            models.Index(fields=["person", "asked_at"], name="question_person"),
        ]

    @property
    def what(self) -> str:
        return str(self.said["what"])

    @property
    def reach(self) -> str:
        return str(self.said["reach"])


class Reply(Record):
    """Words on a question, from who asked or from the coach."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = SealedField()
    at = models.DateTimeField()


class Promise(Record):
    """What a coach promised to do for somebody, by a day; both see it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    what = SealedField()
    due_on = models.DateField(_("by when"))
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["coach", "done_at", "due_on"], name="promise_coach"),
            models.Index(fields=["person", "due_on"], name="promise_person"),
        ]


class Note(Record):
    """What a coach writes down about somebody, for the coach alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = SealedField()
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["coach", "person", "-at"], name="note_coach_person")]


class AnswerTime(Record):
    """Within how many days the coaches of an institution promise to answer."""

    institution = models.OneToOneField("people.Institution", models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(_("days"))


class Quarter(Record):
    """What was said of one institution over one quarter that is over: made once, never again.
    `state` says which groups it speaks of, or why it stays silent; `people` is never shown."""

    institution = models.ForeignKey("people.Institution", models.CASCADE, related_name="+")
    first_day = models.DateField()
    state = models.CharField(max_length=20)
    people = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "first_day"], name="wellbeing_quarter_once"
            )
        ]


class Figure(Record):
    """About how many tens of percent of a group found a sentence to fit, in one quarter. Without
    a programme: of the whole institution. Without tenths: not told."""

    quarter = models.ForeignKey(Quarter, models.CASCADE, related_name="+")
    programme = models.ForeignKey("people.Programme", models.CASCADE, null=True, related_name="+")
    item = models.CharField(max_length=40)
    tenths = models.PositiveSmallIntegerField(null=True)
