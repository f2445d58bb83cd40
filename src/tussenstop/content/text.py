"""A text in the two languages of the product."""

from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, StringConstraints

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=16)]


class Frozen(BaseModel):
    """A piece of content: never changed, and without fields nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Frozen):
    """Dutch and English side by side; as a string it speaks the active language."""

    nl: Sentence
    en: Sentence

    def get(self, language: str | None) -> str:
        """The text in `language` (variants such as nl-be count), else in Dutch."""
        return self.en if (language or "").lower().split("-")[0] == "en" else self.nl

    def __str__(self) -> str:
        return self.get(get_language())


class ShortText(Text):
    """A text of at most 16 characters, for the drawing of the line."""

    nl: Label
    en: Label
