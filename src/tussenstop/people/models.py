"""People, the institutions and organisations they belong to, and the programmes on offer."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tussenstop.core.ids import uuid7
from tussenstop.core.models import Record, StoredFile
from tussenstop.people.rules import Role, Weekday


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an e-mail address. An invited person exists before the first sign-in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    @property
    def first_name(self) -> str:
        """How one greets somebody: the first word of the name, as names are written in Flanders."""
        return self.name.partition(" ")[0]

    @property
    def initials(self) -> str:
        """Two letters for the circle beside the name."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"

    def get_full_name(self) -> str:
        return self.name


class AddressChange(Record):
    """Another e-mail address that somebody asked for; theirs once they type the code sent there."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail address"))  # in small letters
    code = models.CharField(max_length=64)  # sealed
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)


class Institution(Record):
    """A school or training centre that awards the qualification."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    about = models.TextField(_("about"), blank=True, max_length=4000)
    website = models.URLField(_("website"), blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Organisation(Record):
    """An employer that offers workplace learning."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    about = models.TextField(_("about"), blank=True, max_length=4000)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Workplace(Record):
    """A team at a location where a student learns."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="workplaces")
    name = models.CharField(_("name"), max_length=160)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    about = models.TextField(_("what happens here"), blank=True, max_length=4000)
    # Keys of the content pack's culture types, and the workplace's own words beside them.
    culture_types = models.JSONField(default=list)
    own_culture_types = models.JSONField(default=list)
    culture_story = models.TextField(_("a normal day here"), blank=True, max_length=4000)
    at_once = models.PositiveSmallIntegerField(_("students at the same time"), null=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="workplace_name_once")
        ]


class OpeningHours(Record):
    """When a workplace is open: one row per stretch of a weekday."""

    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="opening_hours_forward"
            )
        ]


class WorkplacePhoto(Record):
    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(_("what the photo shows"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)


class Membership(Record):
    """A role held by a person for a period: at an institution, at an organisation, or (with
    neither) in the partnership."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    institution = models.ForeignKey(
        Institution, models.CASCADE, null=True, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="memberships"
    )
    workplace = models.ForeignKey(Workplace, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    role__in=["programme_coordinator", "teacher", "coach", "student"],
                    institution__isnull=False,
                    organisation__isnull=True,
                )
                | models.Q(
                    role__in=["organisation_coordinator", "mentor", "colleague"],
                    institution__isnull=True,
                    organisation__isnull=False,
                )
                | models.Q(
                    role="administrator", institution__isnull=True, organisation__isnull=True
                ),
                name="membership_scope_fits_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "institution"],
                condition=models.Q(until=None, institution__isnull=False),
                name="membership_institution_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=models.Q(until=None, organisation__isnull=False),
                name="membership_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(until=None, role="administrator"),
                name="membership_partnership_once",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "role"], name="membership_inst_role"),
            models.Index(fields=["organisation", "role"], name="membership_org_role"),
        ]


class Programme(Record):
    """What a student is enrolled in: hours on the workplace, competences, a route template."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="programmes")
    name = models.CharField(_("name"), max_length=160)
    code = models.CharField(_("code"), max_length=40, blank=True)
    about = models.TextField(_("about"), blank=True, max_length=4000)
    hours_target = models.PositiveIntegerField(_("hours on the workplace"))
    weeks = models.PositiveSmallIntegerField(_("usual length in weeks"), default=26)
    lesson_hours = models.PositiveSmallIntegerField(_("hours of lessons a week"), null=True)
    study_hours = models.PositiveSmallIntegerField(_("hours of study a week"), null=True)
    self_start = models.BooleanField(_("students may start a route themselves"), default=True)
    default_teacher = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="programme_name_once")
        ]


class Competence(Record):
    """A competence of a programme; a competence with a parent is part of it (two levels)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="competences")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    code = models.CharField(_("code"), max_length=20)
    text = models.CharField(_("competence"), max_length=400)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="competence_code_once")
        ]


class TemplateStop(Record):
    """A stop of a programme's route template: built in (with a kind's key) or its own."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="template_stops")
    kind = models.CharField(max_length=40, blank=True)
    own_name = models.CharField(_("name"), max_length=80, blank=True)
    own_purpose = models.TextField(_("purpose"), blank=True, max_length=1000)
    position = models.PositiveSmallIntegerField()
    optional = models.BooleanField(_("may be skipped"), default=False)
    week = models.SmallIntegerField(_("week, counted from the start"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="", own_name=""), name="template_stop_named"
            )
        ]
