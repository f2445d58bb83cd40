"""Documents that a route needs: what a programme asks, and what was given."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record, StoredFile
from tussenstop.documents.rules import PROVIDERS, Gate, Proof
from tussenstop.people.models import Person, Programme
from tussenstop.routes.models import Placement, Route


class Switch(Record):
    """A programme asks a built-in document, or does not."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    asked = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="document_switch_once")
        ]


class OwnRequirement(Record):
    """A document that a programme asks beside the built-in ones."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="own_requirements")
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what it is for"), max_length=600, blank=True)
    provider = models.CharField(
        max_length=30, choices=[(role.value, role.label) for role in PROVIDERS]
    )
    gate = models.CharField(max_length=20, choices=Gate.choices, default=Gate.START)
    proof = models.CharField(max_length=20, choices=Proof.choices, default=Proof.WORD)
    months = models.PositiveSmallIntegerField(null=True)
    contexts = models.JSONField(default=list)
    forms = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()


class Paper(Record):
    """What was given for one required document of a placement: a file, a word, or whether the
    student may start. A newer one takes its place; `opened` lets a gate open without it."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    on = models.DateField()
    until = models.DateField(null=True)
    may_start = models.BooleanField(null=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    opened = models.BooleanField(default=False)
    reason = models.CharField(max_length=600, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "key"],
                condition=models.Q(replaced_at=None),
                name="paper_one_that_holds",
            )
        ]
        indexes = [models.Index(fields=["route", "replaced_at"], name="paper_route_holds")]


class Reminded(Record):
    """Somebody was reminded of documents of a route that they were asked since a moment."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    after_days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "person", "since", "after_days"], name="reminded_once"
            )
        ]
