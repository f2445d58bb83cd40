"""Feedback on a route: asked for, given, answered, and shown to who the receiver chooses."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.feedback.rules import LONG, OWN_STRENGTH, POINT, SHORT, ReplyKind, code_of
from tussenstop.people.models import Competence, Person
from tussenstop.routes.models import Route


class Asking(Record):
    """Somebody asks somebody else on the route for feedback, on one point."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    receiver_role = models.CharField(max_length=30)
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    giver_role = models.CharField(max_length=30)
    point = models.CharField(_("the point"), max_length=POINT)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=20, blank=True)
    word = models.CharField(max_length=300, blank=True)  # of who declined

    class Meta:
        indexes = [
            models.Index(fields=["route", "closed_at"], name="asking_route_closed"),
        ]


class Invitation(Record):
    """A link by which somebody without an account gives feedback, once. Its address is made from
    this row's id and the installation's secret."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    receiver_role = models.CharField(max_length=30)
    point = models.CharField(_("the point"), max_length=POINT)
    name = models.CharField(_("for whom"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "-made_at"], name="invitation_receiver_made"),
            models.Index(fields=["email", "made_at"], name="invitation_email_made"),
        ]


class Feedback(Record):
    """What one person gave another, looking forward. The words never change once they were read;
    who has no account may correct them for a while, which keeps how they read before."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    receiver_role = models.CharField(max_length=30)
    giver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    giver_role = models.CharField(max_length=30, blank=True)
    # Of a giver without an account: the name they left, and how they know the receiver.
    outside_name = models.CharField(max_length=120, blank=True)
    outside_how = models.CharField(max_length=200, blank=True)
    asking = models.OneToOneField(Asking, models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="+")
    saw = models.CharField(_("what I saw"), max_length=SHORT)
    did = models.CharField(_("what it did"), max_length=SHORT, blank=True)
    next_step = models.TextField(_("what could be next"), max_length=LONG)
    task_id = models.UUIDField(null=True)  # of the task it is about, when it is about one
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(giver__isnull=False, invitation=None)
                | Q(giver=None, invitation__isnull=False),
                name="feedback_is_somebodys",
            )
        ]
        indexes = [
            models.Index(fields=["route", "receiver", "-at"], name="feedback_received"),
            models.Index(fields=["route", "giver", "-at"], name="feedback_given"),
        ]

    @property
    def who(self) -> str:
        """The name of who gave it."""
        return self.giver.name if self.giver else self.outside_name

    @property
    def point(self) -> str:
        """What was asked about; empty when nobody asked."""
        asked = self.asking or self.invitation
        return asked.point if asked else ""


class Earlier(Record):
    """How words read before they were corrected, for a receiver who had read them."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="earlier")
    saw = models.CharField(max_length=SHORT)
    did = models.CharField(max_length=SHORT, blank=True)
    next_step = models.TextField(max_length=LONG)
    at = models.DateTimeField()


class Strength(Record):
    """A talent that the giver saw: a built-in one by its key, or in own words."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="strengths")
    key = models.CharField(max_length=40, blank=True)
    own = models.CharField(max_length=OWN_STRENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key="") ^ Q(own=""), name="strength_has_one_name")
        ]

    @property
    def code(self) -> str:
        return code_of(self.key, self.own)


class Topic(Record):
    """A competence of the programme that feedback is about, as it read then."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="topics")
    competence = models.ForeignKey(Competence, models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=20)
    text = models.CharField(max_length=400)


class Reply(Record):
    """Words back: from the receiver, or the giver's answer (without a person: by the link)."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=ReplyKind.choices)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()


class Reader(Record):
    """Somebody else of the route to whom the receiver shows this feedback."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feedback", "person"], name="feedback_reader_once")
        ]


class StrengthReader(Record):
    """Somebody of the route to whom a person shows one strength that others saw in them."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "owner", "code", "person"], name="strength_reader_once"
            )
        ]
