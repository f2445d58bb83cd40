"""Places that organisations offer, what students wish, and how the two get acquainted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.matching.rules import Grade, PlaceState, Side, Stage, weekdays_of
from tussenstop.people.models import Competence, Person, Programme, Workplace
from tussenstop.routes.models import Placement, Route, Stop


class Place(Record):
    """An offer: so many students can learn this at this workplace, in this period."""

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="places")
    title = models.CharField(_("title"), max_length=120)
    programmes = models.ManyToManyField(Programme, related_name="places")
    competences = models.ManyToManyField(Competence, related_name="+")
    mentors = models.ManyToManyField(Person, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    # Days on which one can learn here, a bit each: 1 is Monday, 64 is Sunday.
    days = models.PositiveSmallIntegerField(default=0)
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week, at most"))
    seats = models.PositiveSmallIntegerField(_("how many students"), default=1)
    seats_lowest = models.PositiveSmallIntegerField(_("only from this many"), default=0)
    languages = models.JSONField(default=list)  # keys of the content pack's languages
    requirements = models.TextField(_("what one needs"), blank=True, max_length=2000)
    tasks = models.JSONField(default=list)  # what one can do here, a line each
    story = models.TextField(_("a normal Tuesday here"), blank=True, max_length=4000)
    practical = models.TextField(_("practical"), blank=True, max_length=2000)
    state = models.CharField(max_length=20, choices=PlaceState.choices, default=PlaceState.DRAFT)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="place_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(seats_lowest__lte=models.F("seats")),
                name="place_lowest_within_seats",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_on", "id"], name="place_state_ends"),
        ]

    @property
    def weekdays(self) -> list[int]:
        """Its days as numbers, 1 for Monday."""
        return weekdays_of(self.days)


class Wish(Record):
    """A place that a student would like, in their own order."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="wishes")
    place = models.ForeignKey(Place, models.CASCADE, related_name="wishes")
    position = models.PositiveSmallIntegerField()
    tied = models.BooleanField(default=False)  # as dear as the one before it
    word = models.CharField(_("a word to the workplace"), max_length=400, blank=True)
    shown = models.BooleanField(default=False)  # whether the workplace may know of it
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "place"], name="wish_once")]
        indexes = [models.Index(fields=["place", "shown"], name="wish_place_shown")]


class Preference(Record):
    """How much a workplace would like a student who showed interest. The student never reads it."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="preferences")
    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "route"], name="preference_once")]


class Taken(Record):
    """A seat of a place that a student took, because both sides said yes."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="taken")
    placement = models.OneToOneField(Placement, models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Acquaintance(Record):
    """A student and a workplace getting to know each other. A date is proposed by one side and
    suits the other; after the talk each side says yes or no."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="acquaintances")
    place = models.ForeignKey(Place, models.CASCADE, related_name="acquaintances")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=20, choices=Side.choices)
    proposed_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    word = models.CharField(max_length=1000, blank=True)
    suits_at = models.DateTimeField(null=True)
    stop = models.ForeignKey(Stop, models.SET_NULL, null=True, related_name="+")
    student_yes = models.BooleanField(null=True)
    student_word = models.CharField(max_length=1000, blank=True)
    workplace_yes = models.BooleanField(null=True)
    workplace_word = models.CharField(max_length=1000, blank=True)
    workplace_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "place"],
                condition=models.Q(ended_at=None),
                name="acquaintance_one_open",
            )
        ]
        indexes = [models.Index(fields=["place", "ended_at"], name="acquaintance_place_open")]

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.student_yes and self.workplace_yes:
            return Stage.CHOSEN
        if False in (self.student_yes, self.workplace_yes):
            return Stage.NO
        if self.ended_at:
            return Stage.OVER
        return Stage.PLANNED if self.suits_at else Stage.ASKED

    def answer_of(self, side: Side) -> bool | None:
        return self.student_yes if side == Side.STUDENT else self.workplace_yes

    def waits_for(self, side: Side) -> bool:
        """Whether it is this side's turn: to say whether a date suits, or yes or no."""
        if self.ended_at:
            return False
        if self.suits_at is None:
            return self.proposed_by != side
        return self.answer_of(side) is None
