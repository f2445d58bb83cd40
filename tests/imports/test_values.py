"""Values as people write them, and the sentence when they can't be meant."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from tussenstop.imports import naming, values
from tussenstop.imports.naming import Guesses, several
from tussenstop.imports.values import Wrong
from tussenstop.routes.rules import Context

FEBRUARY = date(2027, 2, 1)
a_few = partial(values.number_of, lowest=1, highest=50)


def wrong(how: Callable[[str], Any], text: str) -> str:
    with pytest.raises(Wrong) as refused:
        how(text)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["2027-02-01", "2027-2-1", "1/2/2027", "01/02/2027", "1-2-2027", "1.2.27", "46419",
     "2027-02-01 00:00"],
)  # fmt: skip
def test_a_day_is_read_with_the_day_first(text: str) -> None:
    assert values.date_of(text) == FEBRUARY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/02/2027", "does not exist"),
        ("2027-13-01", "does not exist"),
        ("2/13/2027", "does not exist"),
        ("februari", "is no day we can read"),
        ("1/2/1027", "look at the year"),
        ("00000", "look at the year"),
    ],
)
def test_an_impossible_day_is_told(text: str, said: str) -> None:
    assert said in wrong(values.date_of, text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ma di wo do vr za zo", (1, 2, 3, 4, 5, 6, 7)),
        ("Mon, Tue; Thu", (1, 2, 4)),
        ("maandag en donderdag", (1, 4)),
        ("ma-vr", (1, 2, 3, 4, 5)),
        ("ma t/m wo", (1, 2, 3)),
        ("dinsdag tot en met donderdag", (2, 3, 4)),
        ("Friday/Monday", (1, 5)),
        ("ma. di.", (1, 2)),
    ],
)
def test_days_of_the_week_in_either_language(text: str, days: tuple[int, ...]) -> None:
    assert values.days_of(text) == days


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ma feestdag", "We don't know the day “feestdag”"),
        ("vr-ma", "runs backwards"),
        (", ;", "Name at least one day"),
    ],
)
def test_days_that_do_not_exist_are_told(text: str, said: str) -> None:
    assert said in wrong(values.days_of, text)


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("2,0", 2), ("16.00", 16), ("+3", 3)])
def test_a_number_as_spreadsheets_write_it(text: str, number: int) -> None:
    assert a_few(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("twee", "“twee” is no whole number"),
        ("2,5", "is no whole number"),
        ("0", "0 is not possible here: from 1 to 50"),
        ("-3", "-3 is not possible here"),
        ("51", "51 is not possible here"),
    ],
)
def test_an_impossible_number_is_told(text: str, said: str) -> None:
    assert said in wrong(a_few, text)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("", Context.WORKPLACE_STUDENT),
        ("Werkplekstudent", Context.WORKPLACE_STUDENT),
        ("kandidaat-werknemer", Context.CANDIDATE),
        ("Possible colleague", Context.CANDIDATE),
        ("EIGEN WERKNEMER", Context.OWN_EMPLOYEE),
        ("own_employee", Context.OWN_EMPLOYEE),
    ],
)
def test_a_context_in_words(text: str, context: Context) -> None:
    assert values.context_of(text) == context


def test_an_unknown_context_names_those_that_exist() -> None:
    assert "workplace student, possible colleague, own employee" in wrong(
        values.context_of, "vrijwilliger"
    )


def test_an_address_is_read_in_small_letters() -> None:
    assert values.email_of(" <Nora@Example.org>") == "nora@example.org"


@pytest.mark.parametrize(
    ("text", "said"),
    [("nora", "there is no @ in it"), ("nora@", "is no e-mail address"), ("a b@c.d", "is no e-")],
)
def test_what_is_no_address_is_told(text: str, said: str) -> None:
    assert said in wrong(values.email_of, text)


def test_a_text_that_is_too_long_says_how_much_room_there_is() -> None:
    assert "6 characters, and there is room for 5" in wrong(
        partial(values.limited, most=5), "zesjes"
    )
    lines = partial(values.lines_of, each=5, most=2)
    assert lines("een | twee\n een") == ("een", "twee")
    assert "at most 5 characters a line" in wrong(lines, "een|zesjes")
    assert "At most 2 lines" in wrong(lines, "een|twee|drie")


def test_languages_by_name() -> None:
    names = {"nederlands": "nl", "dutch": "nl", "frans": "fr"}
    assert values.keys_of("Nederlands, Frans en Dutch", names) == ("nl", "fr")
    with pytest.raises(Wrong, match="We don't know the language “Klingon”"):
        values.keys_of("Klingon", names)


def test_names_in_a_list_may_hold_the_dividing_mark_themselves() -> None:
    known = {"verzorgende/zorgkundige": 1, "zorg": 2, "koken, bakken": 3}
    assert several("Verzorgende/zorgkundige", known) == ([1], "")
    assert several("zorg, Verzorgende/zorgkundige / koken, bakken", known) == ([2, 1, 3], "")
    assert several("zorg, lassen", known) == ([], "lassen")
    assert several(" , ", known) == ([], "")


def test_a_near_name_is_proposed_and_a_far_one_is_not() -> None:
    guesses = Guesses(["Zorgkundige", "Kok"])
    assert guesses.meant("zorgkunde") == " Did you mean “Zorgkundige”?"
    assert guesses.meant("bouwplaatsmachinist") == ""


def test_when_everything_is_wrong_nobody_waits_for_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MOST_SOUGHT", 2)
    guesses = Guesses(["Zorgkundige"])
    assert [guesses.near(f"zorgkundig {n}") for n in range(3)] == ["Zorgkundige"] * 2 + [""]
    assert guesses.near("zorgkundig 0") == "Zorgkundige"
