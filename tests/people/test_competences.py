"""Competences in two levels, one by one and as pasted lines."""

import pytest

from tests.factories import CompetenceFactory, PersonFactory, ProgrammeFactory
from tests.worlds import NOW
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Competence, Programme
from tussenstop.people.pasting import Change, Known, read_lines
from tussenstop.people.queries import competences_of

pytestmark = pytest.mark.django_db

LIST = """
1 Werkt veilig
1.1 Draagt handschoenen
2. Luistert

- 2.1 Vraagt door
A\tKent de huisregels
"""


@pytest.fixture
def by() -> By:
    return By(PersonFactory())


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory(template=False)


def paste(by: By, programme: Programme, text: str, seen: int = 1) -> None:
    actions.paste_competences(by=by, programme=programme, seen=seen, pasted=text, now=NOW)


def listed(programme: Programme) -> list[tuple[str, str, str]]:
    rows = competences_of(programme).select_related("parent")
    return [(c.code, c.text, c.parent.code if c.parent else "") for c in rows]


def get(programme: Programme, code: str) -> Competence:
    return Competence.objects.select_related("programme", "parent").get(
        programme=programme, code=code
    )


def test_pasted_lines_become_two_levels_in_order(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    assert listed(programme) == [
        ("1", "Werkt veilig", ""),
        ("1.1", "Draagt handschoenen", "1"),
        ("2", "Luistert", ""),
        ("2.1", "Vraagt door", "2"),
        ("A", "Kent de huisregels", ""),
    ]


def test_pasting_again_adds_and_changes_and_removes_nothing(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    paste(by, programme, "1 Werkt heel veilig\n1.2 Tilt met rechte rug", seen=2)
    assert listed(programme)[:3] == [
        ("1", "Werkt heel veilig", ""),
        ("1.1", "Draagt handschoenen", "1"),
        ("1.2", "Tilt met rechte rug", "1"),
    ]
    assert len(listed(programme)) == 6


def test_one_wrong_line_and_nothing_is_saved(by: By, programme: Programme) -> None:
    with pytest.raises(actions.BadLines):
        paste(by, programme, "1 Goed\n3.1 Zonder ouder")
    assert listed(programme) == []
    programme.refresh_from_db()
    assert programme.version == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("!!", "Begin the line with a code"),
        ("7", "Write the competence after its code."),
        ("1 Nog eens", "Code 1 stands on line 1 already."),
        ("9.1 Wees", "9.1 is a part of 9, and there is no line 9 above it."),
        ("1.1.1 Te diep", "There are two levels: 1.1.1 would be a third."),
        ("K.1 Deel van een deel", "There are two levels: K.1 would be a third."),
        ("x" * 21 + " Lang", "A code has at most 20 characters."),
        ("8 " + "x" * 401, "A competence has at most 400 characters."),
    ],
)
def test_each_line_says_what_is_wrong_with_it(line: str, reason: str) -> None:
    known = {"K": Known("Deel", "1"), "1": Known("Eerste", "")}
    read = read_lines(f"1 Eerste\n1.1 Deel\n{line}", known)
    assert [r.change for r in read] == [Change.SAME, Change.NEW, Change.WRONG]
    assert read[2].number == 3
    assert read[2].problem.startswith(reason)


def test_adding_the_same_twice_adds_one(by: By, programme: Programme) -> None:
    for _click in range(2):
        actions.add_competence(
            by=by, programme=programme, seen=1, code="1", text="Werkt veilig", now=NOW
        )
    assert listed(programme) == [("1", "Werkt veilig", "")]


def test_a_code_that_exists_is_refused_beside_its_field(by: By, programme: Programme) -> None:
    CompetenceFactory(programme=programme, code="1")
    with pytest.raises(DomainError) as refusal:
        actions.add_competence(by=by, programme=programme, seen=1, code="1", text="Anders", now=NOW)
    assert refusal.value.field == "code"


def test_a_part_stands_with_its_competence_and_has_no_parts(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    one, part = get(programme, "1"), get(programme, "1.1")
    actions.add_competence(
        by=by, programme=programme, seen=2, code="1.2", text="Tilt", parent=one, now=NOW
    )
    assert [c for c, _t, _p in listed(programme)] == ["1", "1.1", "1.2", "2", "2.1", "A"]
    with pytest.raises(actions.TwoLevels):
        actions.add_competence(
            by=by, programme=programme, seen=3, code="x", text="x", parent=part, now=NOW
        )
    with pytest.raises(actions.TwoLevels):
        actions.edit_competence(
            by=by,
            competence=one,
            seen=3,
            code="1",
            text="x",
            parent=get(programme, "2"),
            now=NOW,
        )


def test_a_competence_moves_with_its_parts(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    actions.move_competence(by=by, competence=get(programme, "2"), seen=2, up=True, now=NOW)
    assert [c for c, _t, _p in listed(programme)] == ["2", "2.1", "1", "1.1", "A"]
    actions.move_competence(by=by, competence=get(programme, "2"), seen=3, up=True, now=NOW)
    assert [c for c, _t, _p in listed(programme)] == ["2", "2.1", "1", "1.1", "A"]


def test_a_part_can_move_to_another_competence(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    actions.edit_competence(
        by=by,
        competence=get(programme, "1.1"),
        seen=2,
        code="2.2",
        text="Draagt handschoenen",
        parent=get(programme, "2"),
        now=NOW,
    )
    assert [(c, p) for c, _t, p in listed(programme)] == [
        ("1", ""),
        ("2", ""),
        ("2.2", "2"),
        ("2.1", "2"),
        ("A", ""),
    ]


def test_removing_spares_parts_and_minds_who_was_first(by: By, programme: Programme) -> None:
    paste(by, programme, LIST)
    with pytest.raises(actions.HasParts):
        actions.remove_competence(by=by, competence=get(programme, "1"), seen=2, now=NOW)
    with pytest.raises(Stale):
        actions.remove_competence(by=by, competence=get(programme, "A"), seen=1, now=NOW)
    actions.remove_competence(by=by, competence=get(programme, "A"), seen=2, now=NOW)
    assert [c for c, _t, _p in listed(programme)] == ["1", "1.1", "2", "2.1"]
