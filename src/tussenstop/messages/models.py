"""What was written to somebody, and how they want it to reach them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.messages.rules import QUIET_FROM, QUIET_UNTIL, Kind, Way
from tussenstop.people.models import Person


class Notice(Record):
    """A letter to somebody we know, as they read it on the page. `due_at` is when it goes along in
    a digest; `taken_by` the mail, or the batch of digests, that took it along."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    url = models.CharField(max_length=1000, blank=True)
    read_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_person_at"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["person", "due_at"],
                condition=models.Q(taken_by=None, due_at__isnull=False),
                name="notice_due",
            ),
            models.Index(
                fields=["taken_by"],
                condition=models.Q(taken_by__isnull=False),
                name="notice_taken",
            ),
        ]


class Preference(Record):
    """How somebody wants letters. Without a row, and for a kind that is not in it, the defaults of
    the installation hold."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    ways = models.JSONField(default=dict)
    quiet_from = models.TimeField(_("no mail from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("until"), default=QUIET_UNTIL)
    quiet_weekend = models.BooleanField(_("no mail in the weekend"), default=True)
    quiet_busy = models.BooleanField(_("no mail while I work or study"), default=False)
    version = models.PositiveIntegerField(default=1)
