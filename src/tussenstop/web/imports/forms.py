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
    from tussenstop.imports.models import Import


class FileForm(KeyForm):
    instead = forms.UUIDField(widget=forms.HiddenInput, required=False)
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

    def shown(self) -> Iterator[tuple[forms.BoundField, Sequence[str], bool]]:
        """Each field with the first values of the column that is chosen, and whether it is still
        needed."""
        for column in self.known:
            place = self._place(column.key)
            others = column.or_else and all(self._place(key) >= 0 for key in column.or_else)
            samples = self._samples[place] if place >= 0 else ()
            yield self[column.key], samples, column.required and place < 0 and not others

    def _place(self, key: str) -> int:
        """The column chosen for this, also when the form is sent back; -1 for none."""
        chosen = str(self[key].value() or "")
        place = int(chosen) if chosen.isdecimal() else -1
        return place if place < len(self._samples) else -1

    @property
    def mapping(self) -> dict[str, int]:
        """What was chosen."""
        return {
            column.key: int(place)
            for column in self.known
            if (place := self.cleaned_data.get(column.key))
        }
