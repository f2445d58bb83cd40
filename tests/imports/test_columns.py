"""Which column holds what, guessed from what people call it."""

import pytest
from django.utils import translation

from tests.worlds import World
from tussenstop.imports.columns import columns_of
from tussenstop.imports.guessing import guess, missing
from tussenstop.imports.queries import example_of
from tussenstop.imports.rules import Kind


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", Kind)
def test_our_own_example_is_recognised_column_by_column(
    world: World, kind: Kind, language: str
) -> None:
    with translation.override(language):
        header = example_of(world.institution, kind).header
    with translation.override("en"):
        assert guess(kind, header) == {c.key: n for n, c in enumerate(columns_of(kind))}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["Naam", "Mail", "Richting"], {"name": 0, "email": 1, "programme": 2}),
        (
            ["Nr", "VOORNAAM", "Naam", "E-mailadres"],
            {"first_name": 1, "last_name": 2, "email": 3},
        ),
        (
            ["E-mail docent", "E-mail", "Naam (verplicht)"],
            {"teacher": 0, "email": 1, "name": 2},
        ),
        (["Iets", "Anders"], {}),
    ],
)
def test_what_people_call_the_columns_of_students(header: list[str], found: dict[str, int]) -> None:
    assert guess(Kind.STUDENTS, header) == found


def test_a_name_may_come_in_two_columns() -> None:
    assert [c.key for c in missing(Kind.STUDENTS, {"email": 0, "programme": 1})] == ["name"]
    both = {"email": 0, "programme": 1, "first_name": 2, "last_name": 3}
    assert missing(Kind.STUDENTS, both) == []


@pytest.mark.parametrize("kind", Kind)
def test_the_example_row_fits_its_header(world: World, kind: Kind) -> None:
    example = example_of(world.institution, kind)
    assert len(example.row) == len(example.header)
