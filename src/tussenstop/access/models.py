"""Who takes part in a route, which organisations it reaches, links by e-mail, and who looked."""

from django.db import models

from tussenstop.access.rules import TAKING_PART, RouteRole
from tussenstop.core.models import Record
from tussenstop.people.models import Organisation, Person


class Participation(Record):
    """A role of a person on a route, for a period. Invited until accepted; seen from then on."""

    route = models.ForeignKey("routes.Route", models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=30, choices=[(r.value, r.label) for r in TAKING_PART])
    # For roles at the workplace: the placement they belong to.
    placement = models.ForeignKey(
        "routes.Placement", models.CASCADE, null=True, related_name="participations"
    )
    is_manager = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # For roles at the workplace: until when they see the route, some days after the placement.
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "person", "role"],
                condition=models.Q(ended_at=None, declined_at=None),
                name="participation_once",
            ),
            models.UniqueConstraint(
                fields=["route"],
                condition=models.Q(role=RouteRole.STUDENT),
                name="participation_one_student",
            ),
        ]
        indexes = [models.Index(fields=["person", "role"], name="participation_person_role")]


class OrganisationReach(Record):
    """A route has or had a placement at this organisation: what its coordinators see of it."""

    route = models.ForeignKey("routes.Route", models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "route"], name="reach_once")]


class Link(Record):
    """A link sent by e-mail, bound to one person and one purpose; opening it changes nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=30)
    route = models.ForeignKey("routes.Route", models.CASCADE, null=True, related_name="+")
    subject_id = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "subject_id"], name="link_once_per_purpose"
            )
        ]


class Look(Record):
    """Somebody opened a student's file: one row per person, route and day."""

    route = models.ForeignKey("routes.Route", models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    role = models.CharField(max_length=30)
    day = models.DateField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "person", "day"], name="look_once_a_day")
        ]
