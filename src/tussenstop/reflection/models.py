"""A journal of one's own and what was shared of it; a loop in turns; a page of two."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record, StoredFile
from tussenstop.people.models import Institution, Person
from tussenstop.people.rules import Weekday
from tussenstop.reflection.rules import FileKind
from tussenstop.routes.models import Route


class OwnForm(Record):
    """A way to look back that an institution made itself. Its text never changes: who changes it
    makes another, and what was written with this one keeps it."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    name = models.JSONField()  # by language; a text in one language stands for both
    about = models.CharField(max_length=300, blank=True)
    steps = models.JSONField()  # each with key, question and hint, these by language
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    instead_of = models.OneToOneField("self", models.SET_NULL, null=True, related_name="+")


class Entry(Record):
    """Something somebody wrote for themselves. Nobody reads it until they share it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, models.SET_NULL, null=True, related_name="+")
    form = models.CharField(max_length=60)
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    prompt = models.CharField(max_length=40, blank=True)
    prompt_text = models.CharField(max_length=300, blank=True)  # an own prompt, as it read
    texts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    sharing_version = models.PositiveIntegerField(default=0)
    # Which window wrote last, and how often: it need not be afraid of itself.
    pen = models.UUIDField()
    stroke = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-begun_at", "-id"], name="entry_person_begun"),
        ]


class EntryFile(Record):
    """A photo or a voice note with an entry, private like the entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    at = models.DateTimeField()


class Highlight(Record):
    """A text of one's own that one wants to keep in view."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="highlights")
    key = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="highlight_once")]


class Share(Record):
    """One part of an entry (all of it when the key is empty) that one person may read, as long as
    they take part in the route."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="shares")
    key = models.CharField(max_length=100, blank=True)
    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "key", "reader"], name="share_once")
        ]
        indexes = [models.Index(fields=["reader", "route"], name="share_reader_route")]


class EntryLook(Record):
    """Somebody read what was shared with them: one row a day."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="looks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    day = models.DateField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "day"], name="entry_look_once_a_day")
        ]


class Word(Record):
    """A few words of a reader, for who wrote the entry alone; or the writer's answer to them."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="said")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    reader = models.ForeignKey(Person, models.CASCADE, related_name="+")  # whose talk this is
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()


class OwnPrompt(Record):
    """A question somebody added: for themselves, or (with a route) for its student."""

    author = models.ForeignKey(Person, models.CASCADE, related_name="+")
    route = models.ForeignKey(Route, models.CASCADE, null=True, related_name="+")
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    text = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["author"], name="own_prompt_author"),
            models.Index(fields=["route"], name="own_prompt_route"),
        ]


class Reminder(Record):
    """The hour in the week at which somebody wants to be reminded to write."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    hour = models.PositiveSmallIntegerField()
    sent_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["weekday", "hour"], name="reminder_weekday_hour")]


class Loop(Record):
    """A reflection in turns, begun by the student: each step opens when the one before it is
    written."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    turn_since = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)  # how many steps are written
    # Who came in somebody's place reads from this step on (0: everything).
    mentor_reads_from = models.PositiveSmallIntegerField(default=0)
    coach_reads_from = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["route", "-begun_at"], name="loop_route_begun")]


class LoopText(Record):
    """The text of one step. Until it is handed on only its writer sees it, also when somebody else
    comes in their place; then it stays."""

    loop = models.ForeignKey(Loop, models.CASCADE, related_name="texts")
    step = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loop", "step", "person"], name="loop_text_of_one"),
            models.UniqueConstraint(
                fields=["loop", "step"],
                condition=Q(handed_at__isnull=False),
                name="loop_text_handed_once",
            ),
        ]


class TwoPage(Record):
    """A page of student and mentor: each a column of their own, and a text together. It opens when
    the one who was invited says yes."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.CharField(max_length=200)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="two_page_yes_or_no"
            )
        ]
        indexes = [models.Index(fields=["route", "-invited_at"], name="two_page_route_invited")]


class TwoText(Record):
    """One of the three texts of such a page, in every version it had."""

    page = models.ForeignKey(TwoPage, models.CASCADE, related_name="texts")
    column = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "column", "version"], name="two_text_once")
        ]

    @property
    def by(self) -> str:
        return self.person.name
