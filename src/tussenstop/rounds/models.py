"""A round: many students and many places choose at once, and everybody gets a result with a reason."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.matching.models import Place
from tussenstop.matching.rules import Side
from tussenstop.people.models import Institution, Organisation, Person, Programme
from tussenstop.rounds.rules import Help, MatchStage, Phase, RoundState, Spare, phase_of
from tussenstop.routes.models import Route


class Round(Record):
    """Students of some programmes and places for them, in one period. `seed` numbers the lottery:
    it is drawn at the opening and never changes, so that trying again changes nothing."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="rounds")
    name = models.CharField(_("name"), max_length=120)
    programmes = models.ManyToManyField(Programme, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    wishes_until = models.DateField()
    preferences_until = models.DateField()
    result_on = models.DateField()
    requirements = models.JSONField(default=list)
    seed = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=RoundState.choices, default=RoundState.OPEN)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    wishes_reminded_at = models.DateTimeField(null=True)
    preferences_reminded_at = models.DateTimeField(null=True)
    result = models.ForeignKey("Rehearsal", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="round_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(preferences_until__gte=models.F("wishes_until"))
                & models.Q(result_on__gt=models.F("preferences_until")),
                name="round_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="round_inst_state")]

    def phase(self, today: date) -> Phase:
        return phase_of(self.state, self.wishes_until, self.preferences_until, today)


class RoundStudent(Record):
    """A student who takes part, with one route. Equal numbers in `together` want to be together."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="students")
    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    together = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "route"], name="round_route_once")]


class RoundPlace(Record):
    """A place that takes part, with so many seats in this round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField()
    lowest = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="round_place_once"),
            models.CheckConstraint(
                condition=models.Q(lowest__lte=models.F("seats")), name="round_lowest_within_seats"
            ),
        ]


class RoundQuota(Record):
    """The most students one organisation takes over all its places in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="quotas")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    most = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="round_quota_once")
        ]


class Rehearsal(Record):
    """One try of the round, without consequence. `fingerprint` tells whether anything that went
    into it has changed since."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="rehearsals")
    number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="rehearsal_number_once"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(finished_at=None),
                name="rehearsal_one_at_a_time",
            ),
        ]


class StudentResult(Record):
    """What a rehearsal came to for one student. `rank` is which wish came true, 1 the first; 0 for
    none, and for who stays with their own employer. `wishes` is [[place id, code of Why]]."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="students")
    student = models.ForeignKey(RoundStudent, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)
    lottery = models.BooleanField(default=False)
    parted = models.BooleanField(default=False)  # wanted to be with others, and could not
    help = models.CharField(max_length=20, choices=Help.choices)
    wishes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "student"], name="student_result_once")
        ]


class PlaceResult(Record):
    """What a rehearsal came to for one place: how many asked for it and how many have it."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="places")
    place = models.ForeignKey(RoundPlace, models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField()
    asked = models.PositiveIntegerField()
    seated = models.PositiveIntegerField()
    spare = models.CharField(max_length=20, choices=Spare.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rehearsal", "place"], name="place_result_once")
        ]


class Match(Record):
    """A student and a place that a published round brought together: both may still say no."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="matches")
    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    student_yes = models.BooleanField(null=True)
    student_word = models.CharField(max_length=1000, blank=True)
    workplace_yes = models.BooleanField(null=True)
    workplace_word = models.CharField(max_length=1000, blank=True)
    workplace_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "route"], name="match_once")]
        indexes = [models.Index(fields=["place", "ended_at"], name="match_place_open")]

    @property
    def stage(self) -> MatchStage:
        """How far it has come."""
        if self.student_yes and self.workplace_yes:
            return MatchStage.CHOSEN
        if False in (self.student_yes, self.workplace_yes):
            return MatchStage.NO
        return MatchStage.OVER if self.ended_at else MatchStage.WAITING

    def answer_of(self, side: Side) -> bool | None:
        return self.student_yes if side == Side.STUDENT else self.workplace_yes

    def waits_for(self, side: Side) -> bool:
        return self.ended_at is None and self.answer_of(side) is None
