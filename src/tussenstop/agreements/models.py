"""Texts on which everybody they name must agree: drafts, revisions, consents, seals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.agreements.rules import Answer, Kind
from tussenstop.core.models import Record, StoredFile
from tussenstop.people.models import Person
from tussenstop.routes.models import Placement, Route


class Agreement(Record):
    """Something partners agree on. Its `version` is touched by every change, so that two people
    who act at the same moment follow each other."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="agreements")
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, related_name="agreements")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(max_length=5, default="nl")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(kind="start", succeeds=None, withdrawn_at=None),
                name="agreement_one_start",
            ),
            models.UniqueConstraint(
                fields=["succeeds"],
                condition=models.Q(withdrawn_at=None, succeeds__isnull=False),
                name="agreement_one_successor",
            ),
        ]
        indexes = [models.Index(fields=["route", "created_at"], name="agreement_route_created")]


class Signatory(Record):
    """Somebody beside the partners who must agree too, such as a manager at the workplace."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(_("in which capacity"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "person"], name="signatory_once")
        ]


class DraftSection(Record):
    """The working text of one section, written by its owner until somebody proposes the whole."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    owner_role = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    written_by = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="draft_section_once")
        ]


class Revision(Record):
    """One exact text, put before its parties. Never changed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    # {"sections": [{"key", "title", "owner", "fields": [{"key", "label", "value"}]}], "data": {…}}
    body = models.JSONField()
    body_digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="revision_number_once")
        ]


class Party(Record):
    """Somebody who must agree to this revision, in this role."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    capacity = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "person"], name="party_once")]
        indexes = [models.Index(fields=["person"], name="party_person")]


class Consent(Record):
    """The vote of one party on one revision."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="consent")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    section = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    means = models.CharField(max_length=20)
    recorded_by = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Seal(Record):
    """What everybody agreed to, closed with a digest over text, parties and consents."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    sealed_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
