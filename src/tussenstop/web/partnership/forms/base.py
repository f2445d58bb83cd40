"""What forms share: a key that makes a second click harmless, and the version somebody saw."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.core.ids import uuid7


class KeyForm(forms.Form):
    """A form that makes something: its key is the id of what it makes."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class VersionForm(forms.Form):
    """A form that changes something shared: it knows which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class Lines(forms.CharField):
    """Several short texts, one on each line."""

    def __init__(self, *, each: int, most: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)
        self.each, self.most = each, most

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        lines = [line for raw in super().clean(value).splitlines() if (line := raw.strip())]
        if too_long := next((line for line in lines if len(line) > self.each), None):
            raise forms.ValidationError(
                _("“%(line)s…” is too long: at most %(count)s characters a line.")
                % {"line": too_long[:20], "count": self.each}
            )
        if len(lines) > self.most:
            raise forms.ValidationError(_("At most %(count)s lines.") % {"count": self.most})
        return tuple(dict.fromkeys(lines))


def text_area(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def for_oneself() -> forms.TextInput:
    """A line that the browser does not keep to suggest it to whoever uses it next."""
    return forms.TextInput(attrs={"autocomplete": "off"})


def website() -> forms.URLField:
    return forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )


def saved(
    form: forms.Form,
    act: Callable[[], object],
    *,
    version: int = 0,
    theirs: Mapping[str, Any] | None = None,
) -> bool:
    """Do it, or say on the form why not. When somebody else was first the form keeps what was
    typed, tells beside each field what stands there now (`theirs`), and can be sent again."""
    try:
        act()
    except (NotFound, Refused):
        raise
    except Stale as stale:
        form.add_error(None, str(stale.text))
        for name, value in (theirs or {}).items():
            if name in form.fields and form.cleaned_data.get(name, value) != value:
                form.add_error(name, _now_reads(form.fields[name], value))
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["version"] = str(version)
        form.data = typed
        return False
    except DomainError as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.text))
        return False
    return True


def _now_reads(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        text = _("yes") if value else _("no")
    elif isinstance(field, forms.MultipleChoiceField):
        names = dict(field.choices)  # type: ignore[arg-type]
        text = ", ".join(str(names.get(key, key)) for key in value)
    elif isinstance(field, forms.ChoiceField):
        text = str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    else:
        text = str(field.prepare_value(value) or "")
    return _("It says now: “%(text)s”") % {"text": text} if text else _("It is empty now.")
