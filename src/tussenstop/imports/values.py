"""Reading single values as people write them: a day, a number, days of the week, a context."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tussenstop.imports.naming import plain
from tussenstop.routes.rules import Context

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
SPREADSHEET_ZERO = date(1899, 12, 30)

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_SERIAL = re.compile(r"\d{5}")
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?")

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "ma maa maandag mo mon monday",
            "di din dins dinsdag tu tue tues tuesday",
            "wo woe woens woensdag we wed wednesday",
            "do don dond donderdag th thu thur thurs thursday",
            "vr vri vrij vrijdag fr fri friday",
            "za zat zaterdag sa sat saturday",
            "zo zon zondag su sun sunday",
        ),
        start=1,
    )
    for word in words.split()
}

CONTEXTS = {
    word: context
    for context, words in {
        Context.WORKPLACE_STUDENT: (
            "workplace student",
            "workplace_student",
            "student",
            "student at a workplace",
            "werkplekstudent",
            "werkplekstudente",
            "student op een werkplek",
            "werkplekleren",
            "stage",
            "stagiair",
            "stagiaire",
            "intern",
        ),
        Context.CANDIDATE: (
            "candidate",
            "possible colleague",
            "kandidaat",
            "kandidaat werknemer",
            "kandidaat medewerker",
            "kandidaat collega",
            "mogelijke collega",
            "toekomstige collega",
            "sollicitant",
        ),
        Context.OWN_EMPLOYEE: (
            "own employee",
            "own_employee",
            "employee",
            "eigen werknemer",
            "eigen werkneemster",
            "eigen medewerker",
            "eigen medewerkster",
            "werknemer",
            "medewerker",
        ),
    }.items()
    for word in map(plain, words)
}


class Wrong(ValueError):
    """This value can't be meant, said in a sentence."""


def short(text: str) -> str:
    """A value as one quotes it."""
    line = " ".join(text.split())
    return f"{line[:40]}…" if len(line) > 40 else line


def limited(text: str, most: int) -> str:
    if len(text) > most:
        raise Wrong(
            _("This is too long: %(length)s characters, and there is room for %(most)s.")
            % {"length": len(text), "most": most}
        )
    return text


def line_of(text: str, most: int) -> str:
    """A text on one line."""
    return limited(" ".join(text.split()), most)


def bare_email(text: str) -> str:
    """An address without what mail programs put around it."""
    return text.strip().strip("<>").removeprefix("mailto:").lower()


def email_of(text: str) -> str:
    address = bare_email(text)
    if "@" not in address:
        raise Wrong(_("“%(value)s” is no e-mail address: there is no @ in it.") % _value(text))
    try:
        validate_email(address)
    except ValidationError as error:
        raise Wrong(_("“%(value)s” is no e-mail address.") % _value(text)) from error
    return limited(address, 254)


def _value(text: str) -> dict[str, str]:
    return {"value": short(text)}


def date_of(text: str) -> date:
    """A day: 2027-02-01, or 1/2/2027 with the day first, or as a spreadsheet counts days."""
    if _SERIAL.fullmatch(text):
        found = SPREADSHEET_ZERO + timedelta(days=int(text))
    elif iso := _ISO.fullmatch(text):
        found = _day(text, *(int(part) for part in iso.groups()))
    elif day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in day_first.groups())
        found = _day(text, year + 2000 if year < 100 else year, month, day)
    else:
        raise Wrong(
            _("“%(value)s” is no day we can read. Write it like 1/2/2027, day first.")
            % _value(text)
        )
    if not EARLIEST <= found < LATEST:
        raise Wrong(_("“%(value)s” can't be right: look at the year.") % _value(text))
    return found


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Wrong(
            _("“%(value)s” does not exist. Write the day first, then the month.") % _value(text)
        ) from error


def number_of(text: str, *, lowest: int, highest: int) -> int:
    if not _WHOLE.fullmatch(text):
        raise Wrong(_("“%(value)s” is no whole number. Write it in figures.") % _value(text))
    number = int(re.split(r"[.,]", text)[0])
    if not lowest <= number <= highest:
        raise Wrong(
            _("%(number)s is not possible here: from %(lowest)s to %(highest)s.")
            % {"number": number, "lowest": lowest, "highest": highest}
        )
    return number


_UNTIL = re.compile(r"\s*(?:-|–|\bt/m\b|\btot en met\b|\btot\b|\bthrough\b|\bto\b)\s*")
_BETWEEN = re.compile(r"[\s,;/+&.|]+|\ben\b|\band\b")


def days_of(text: str) -> tuple[int, ...]:
    """Days of the week as numbers, 1 for Monday: "ma di wo", "mon, tue", "ma-vr"."""
    words = text.casefold()
    found: set[int] = set()
    for part in _BETWEEN.split(_UNTIL.sub("-", words)):
        if not part:
            continue
        ends = part.split("-")
        numbers = [WEEKDAYS.get(word) for word in ends]
        if len(ends) > 2 or None in numbers:
            raise Wrong(
                _("We don't know the day “%(value)s”. Write for instance: Mon Tue Thu.")
                % _value(part)
            )
        first, last = numbers[0] or 0, numbers[-1] or 0
        if last < first:
            raise Wrong(_("“%(value)s” runs backwards.") % _value(part))
        found.update(range(first, last + 1))
    if not found:
        raise Wrong(_("Name at least one day."))
    return tuple(sorted(found))


def context_of(text: str) -> Context:
    """In words of either language; nothing means a student at a workplace."""
    if not text:
        return Context.WORKPLACE_STUDENT
    if found := CONTEXTS.get(plain(text)):
        return found
    raise Wrong(
        _("We don't know “%(value)s”. Write: %(known)s.")
        % {"value": short(text), "known": ", ".join(str(one.label) for one in Context)}
    )


def keys_of(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Keys by their names, several divided by a comma, a slash or "and"."""
    found = []
    for part in re.split(r"[,;/+&|\n]|\ben\b|\band\b", text):
        word = plain(part)
        if not word:
            continue
        if word not in names:
            raise Wrong(_("We don't know the language “%(value)s”.") % _value(part))
        found.append(names[word])
    return tuple(dict.fromkeys(found))


def lines_of(text: str, *, each: int, most: int) -> tuple[str, ...]:
    """Several short texts, divided by | or on lines of their own."""
    lines = [line for raw in re.split(r"[|\n]", text) if (line := " ".join(raw.split()))]
    if long := next((line for line in lines if len(line) > each), None):
        raise Wrong(
            _("“%(line)s…” is too long: at most %(count)s characters a line.")
            % {"line": long[:20], "count": each}
        )
    different = tuple(dict.fromkeys(lines))
    if len(different) > most:
        raise Wrong(_("At most %(count)s lines.") % {"count": most})
    return different
