"""Forms to bring in a file: the file itself, and which column holds what."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.imports.columns import columns_of
from tussenstop.imports.tables import named
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm

if TYPE_CHECKING:
    from tussenstop.imports.columns import Column
    from tussenstop.imports.models import Import


class FileForm(KeyForm):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV or Excel (.xlsx), at most %(count)s rows.") % {
            "count": number_format(most, force_grouping=True)
        }


class ColumnsForm(VersionForm):
    """For each column we know: the column of the file that holds it."""

    def __init__(
        self, *args: Any, one: "Import", samples: Sequence[Sequence[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._samples = samples
        self.known = columns_of(one.kind)
        choices = [
            (str(place), f"{named(place)} · {name}") for place, name in enumerate(one.columns)
        ]
        for column in self.known:
            self.fields[column.key] = forms.ChoiceField(
                label=str(column.label),
                required=False,
                choices=[("", _("not in my file")), *choices],
                help_text=str(column.hint),
            )
            # Needed, but perhaps in two columns together: the action knows.
            self.fields[column.key].required = column.required and not column.or_else
            self.fields[column.key].error_messages["required"] = _(
                "Choose the column that holds this."
            )

    def shown(self) -> Iterator[tuple[forms.BoundField, list[str], "Column"]]:
        """Each field with the first values of the column that is chosen."""
        for column in self.known:
            bound = self[column.key]
            chosen = bound.value()
            place = int(chosen) if str(chosen or "").isdecimal() else -1
            yield bound, self._some(place), column

    def _some(self, place: int) -> list[str]:
        return list(self._samples[place]) if 0 <= place < len(self._samples) else []

    @property
    def mapping(self) -> dict[str, int]:
        """What was chosen."""
        return {
            column.key: int(place)
            for column in self.known
            if (place := self.cleaned_data.get(column.key))
        }
