"""Devices that somebody wants a short sign on, and signs on their way to them."""

from django.db import models

from tussenstop.core.models import Record
from tussenstop.messages.models import Notice
from tussenstop.people.models import Person
from tussenstop.push.rules import LONGEST_ADDRESS


class Device(Record):
    """A browser on which somebody is signed in and wants signs. It lives as long as that session:
    after `until` it sleeps, until its owner signs in there again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    key = models.CharField(max_length=8)  # the mark of our key that the browser knows us by
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    session = models.CharField(max_length=40, unique=True)
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Untaken(Record):
    """How many signs a push service did not take on a day, and how: never whose."""

    day = models.DateField()
    host = models.CharField(max_length=253)
    became = models.CharField(max_length=10)
    status = models.PositiveSmallIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "host", "became", "status"], name="untaken_once_a_day"
            )
        ]


class Sign(Record):
    """One notice on its way to one device. It is claimed before it is sent, and gone when it was:
    what a worker left claimed perhaps arrived, and is not sent again."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    says = models.CharField(max_length=20, blank=True)  # the kind, when it may be said
    leave_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "notice"], name="sign_once_a_device")
        ]
        indexes = [
            models.Index(fields=["leave_at"], condition=models.Q(claim=None), name="sign_waiting"),
            models.Index(
                fields=["claimed_at"], condition=models.Q(claim__isnull=False), name="sign_claimed"
            ),
            models.Index(
                fields=["claim"], condition=models.Q(claim__isnull=False), name="sign_claim"
            ),
        ]
