"""What a form says when something does not fit: in our words, in both languages."""

import pytest
from django import forms
from django.utils import translation


class AForm(forms.Form):
    hours = forms.IntegerField(min_value=1, max_value=12)
    words = forms.CharField(max_length=20)
    kind = forms.ChoiceField(choices=[("a", "A")])


def said(language: str, **typed: str) -> str:
    with translation.override(language):
        form = AForm(typed)
        return " ".join(str(text) for texts in form.errors.values() for text in texts)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nl",
            "Hoogstens 12. Iets korter graag: hoogstens 20 tekens (nu 30). Kies een van deze.",
        ),
        (
            "en",
            (
                "At most 12, please. A little shorter, please: at most 20 characters (now 30)."
                " Choose one of these."
            ),
        ),
    ],
)
def test_what_does_not_fit_is_said_kindly(language: str, expected: str) -> None:
    assert said(language, hours="13", words="x" * 30, kind="b") == expected


def test_what_is_too_little_is_said_kindly() -> None:
    assert said("nl", hours="0", words="kort", kind="a") == "Minstens 1."
