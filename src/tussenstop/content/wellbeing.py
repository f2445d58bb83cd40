"""The sentences of a check-in, what may help, and where one can always talk."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from tussenstop.content.schema import Described, Entries, Entry, Key, Line, Source
from tussenstop.content.text import Frozen, ShortText, Text


def _a_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day such as 2026-11-28") from error
    return text


def _a_number(text: str) -> str:
    if not text or not all(sign.isdigit() or sign == " " for sign in text):
        raise ValueError(f"'{text}' is not a telephone number of digits and spaces")
    return text


class CheckInItem(Entry):
    """A sentence about the past days; the more it fits, the lighter they were. `tips` are what may
    help with it: suggestions, never advice of a doctor."""

    name: ShortText
    text: Text
    tips: Entries[Line]


class Contact(Frozen):
    """Somebody to talk to, with when the number was last looked up, and where."""

    key: Key
    name: Text
    text: Text
    phone: Annotated[str, AfterValidator(_a_number)] | None = None
    urgent: bool = False
    source: Source
    checked_on: Annotated[str, AfterValidator(_a_day)]

    @property
    def checked(self) -> date:
        return date.fromisoformat(self.checked_on)

    @property
    def digits(self) -> str:
        return (self.phone or "").replace(" ", "")


class Country(Described):
    """Where one can talk in one country."""

    contacts: Entries[Contact]
