"""Files that somebody brings in: their rows, only for as long as it takes."""

from django.db import models

from tussenstop.core.models import Record
from tussenstop.imports.rules import ImportState, Kind
from tussenstop.people.models import Institution, Person


class Import(Record):
    """A file with rows to bring in. The rows are forgotten once they were brought in, and when
    nobody does so within some days; that it happened is kept."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    columns = models.JSONField(default=list)  # the header of the file
    rows = models.JSONField(null=True)  # each row: its number in the file, then its values
    # Which column of the file holds what, by its place; empty until somebody looked.
    mapping = models.JSONField(default=dict)
    state = models.CharField(
        max_length=20, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)  # when it was last asked to be brought in
    opened = models.BooleanField(default=False)  # whether new places are opened at once
    trouble = models.CharField(max_length=600, blank=True)  # why it came to nothing, the last time
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[ImportState.UPLOADED, ImportState.BUSY])
                | models.Q(rows=None),
                name="import_forgets_its_rows",
            )
        ]
        indexes = [
            models.Index(fields=["institution", "-made_at"], name="import_inst_made"),
            models.Index(fields=["state", "made_at"], name="import_state_made"),
        ]
