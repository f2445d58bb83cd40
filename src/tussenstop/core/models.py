"""What every table shares, and the tables that belong to no domain: audit, mail, files."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.ids import uuid7


class Record(models.Model):
    """A row with a time-ordered public id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class AuditEntry(Record):
    """One thing that happened: who, what, when, by what means. Labels, not foreign keys, so that
    history outlives what it tells of. Entries with a route form that route's story."""

    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    means = models.CharField(max_length=20)
    route_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    params = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["route_id", "-at"], name="audit_route_at"),
            models.Index(fields=["actor_id", "-at"], name="audit_actor_at"),
        ]


class OutgoingMail(Record):
    """A message on its way out. Written with the change that caused it, sent by a job.

    `sending_at` is set from just before it is handed to the mail server until the answer is kept: a
    worker that dies in between leaves it so, and then nobody knows whether it left. `returned_at`
    is when a report came in that it could not be delivered after all."""

    created_at = models.DateTimeField()
    leave_at = models.DateTimeField(null=True)  # not before; empty: at once
    kind = models.CharField(max_length=20, blank=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to", "-created_at"], name="mail_to_created"),
            models.Index(fields=["sent_at"], name="mail_sent"),
            models.Index(
                fields=["leave_at"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="mail_waiting",
            ),
            models.Index(
                fields=["failed_at"],
                condition=models.Q(sent_at=None, failed_at__isnull=False),
                name="mail_failed",
            ),
            models.Index(
                fields=["returned_at"],
                condition=models.Q(returned_at__isnull=False),
                name="mail_returned",
            ),
        ]


MOST_RETURNS = 3  # so many letters to one address came back: no more are sent there


class Unreachable(Record):
    """An address at which mail does not arrive. Either the mail server said at once that nobody is
    there (`returns` 0): that is forgotten as soon as it takes something after all. Or so many
    letters came back."""

    address = models.EmailField(unique=True)  # in small letters
    at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)

    @property
    def is_stopped(self) -> bool:
        return self.returns == 0 or self.returns >= MOST_RETURNS


class DayDone(Record):
    """A work that was done on a day, so that it is not done twice."""

    name = models.CharField(max_length=40)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="day_done_once")]


def stored_file_path(file: Any, filename: str) -> str:  # noqa: ARG001 - the person's name for it is only data
    return f"{str(file.id)[:2]}/{file.id}"


class StoredFile(Record):
    """An uploaded file, kept under its id; its type is what its content says it is."""

    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=stored_file_path, max_length=120)
    uploaded_by = models.UUIDField()
    uploaded_at = models.DateTimeField()
