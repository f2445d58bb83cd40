"""Who gets what at the addresses of files that are brought in."""

from collections.abc import Callable
from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, institution, only
from tests.imports.filing import STUDENTS, begin
from tussenstop.imports.models import Import
from tussenstop.imports.rules import Kind

LEADS = "programme_coordinator"
OF_THE_SCHOOL = "student teacher coach administrator"


def students(case: Case) -> dict[str, Any]:
    return {**institution(case), "kind": "students"}


def a_file(case: Case) -> dict[str, Any]:
    """A file with a new student, and one with an address that can't be."""
    one = Import.objects.first() or begin(
        case.world,
        Kind.STUDENTS,
        STUDENTS,
        [["Nora Nieuw", "nora", case.world.programme.name]],
    )
    return {"import_id": one.pk}


def page(kwargs: Callable[[Case], dict[str, Any]]) -> Row:
    return Row(only(LEADS, refused=OF_THE_SCHOOL), kwargs=kwargs)


def form(kwargs: Callable[[Case], dict[str, Any]]) -> Row:
    both = LEADS, OF_THE_SCHOOL
    return Row(only(both[0], refused=both[1]), doing(both[0], refused=both[1]), kwargs=kwargs)


def deed(kwargs: Callable[[Case], dict[str, Any]]) -> Row:
    return Row(NO_GET, doing(LEADS, refused=OF_THE_SCHOOL), kwargs=kwargs)


IMPORTS: dict[str, Row] = {
    "imports": page(institution),
    "import_begin": form(students),
    "import_example_csv": page(students),
    "import_example_xlsx": page(students),
    "import": page(a_file),
    "import_columns": form(a_file),
    "import_bring_in": deed(a_file),
    "import_problems": page(a_file),
    "import_drop": deed(a_file),
}
