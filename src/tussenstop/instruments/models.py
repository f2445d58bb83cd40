"""The questionnaires of institutions, a row for every version. Who filled one in is not known here,
and no table of this package can know it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from tussenstop.core.ids import uuid7
from tussenstop.core.models import Record
from tussenstop.instruments import rules
from tussenstop.instruments.rules import LANGUAGES, Right, State, Use, Wording
from tussenstop.people.models import Institution, Person


class Instrument(Record):
    """One version of a questionnaire. A draft can be changed and deleted; from the moment it is in
    use it stays word for word as it is, for good."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    family = models.UUIDField(default=uuid7)  # the same for every version
    edition = models.PositiveSmallIntegerField(default=1)
    use = models.CharField(max_length=20, choices=Use.choices, default=Use.CHECK_IN)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    wording = models.JSONField()  # by language: name, introduction, items, labels
    rights_holder = models.CharField(max_length=rules.LINE)
    licence = models.CharField(max_length=1000)
    licence_url = models.URLField(max_length=300, blank=True)
    attribution = models.CharField(max_length=500, blank=True)
    right_how = models.CharField(max_length=10, choices=Right.choices, blank=True)
    right_held_by = models.CharField(max_length=rules.LINE, blank=True)
    right_note = models.CharField(max_length=1000, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # of what stands in a draft

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "edition"], name="instrument_edition_once"),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(state="in_use"),
                name="instrument_one_version_in_use",
            ),
            models.UniqueConstraint(
                fields=["family"], condition=Q(state="draft"), name="instrument_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", confirmed_at=None)
                | Q(
                    state__in=["in_use", "withdrawn"],
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    valid_from__isnull=False,
                ),
                name="instrument_in_use_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="instrument_validity_forward",
            ),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="instrument_place_state")]

    @property
    def wordings(self) -> list[Wording]:
        return [
            rules.wording_of(self.wording[lang], lang) for lang in LANGUAGES if lang in self.wording
        ]

    @property
    def spoken(self) -> Wording:
        """The text in the active language, or in the only one that there is."""
        wanted = (get_language() or "")[:2]
        return next((one for one in self.wordings if one.language == wanted), self.wordings[0])

    @property
    def name(self) -> str:
        return self.spoken.name

    @property
    def source_line(self) -> str:
        """What must stand with it wherever it is read."""
        return self.attribution or f"{self.rights_holder}. {self.licence}"

    def is_offered(self, day: date) -> bool:
        return rules.is_offered(self.state, self.valid_from, self.valid_until, day)
