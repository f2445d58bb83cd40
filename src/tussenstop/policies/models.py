"""What an institution reckons with instead of a built-in value."""

from django.db import models

from tussenstop.core.models import Record
from tussenstop.people.models import Institution, Person
from tussenstop.policies.rules import Code


class OwnValue(Record):
    """An institution's own value of a rule, from a day on. A newer one takes its place; none is
    ever changed, so that what was reckoned with can always be read back."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    code = models.CharField(max_length=40, choices=Code.choices)
    number = models.DecimalField(max_digits=5, decimal_places=2)
    valid_from = models.DateField()
    why = models.CharField(max_length=300)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code"],
                condition=models.Q(replaced_at=None),
                name="own_value_one_for_a_rule",
            )
        ]


class OwnHoliday(Record):
    """A stretch without lessons of an institution. As soon as a school year has one, the usual
    holidays no longer hold in it. What is taken out stays to be read."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="own_holiday_forward"
            )
        ]
        indexes = [
            models.Index(fields=["institution", "first_on"], name="own_holiday_institution_first")
        ]
