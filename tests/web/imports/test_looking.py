"""The pages around an import: the upload, the columns, the look at every row, the list."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.imports.filing import STUDENTS, a_workbook, begin, bring_in, upload
from tests.web.conftest import SignIn
from tests.web.imports.conftest import columns_chosen, text_of
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.core.sheets import csv_bytes
from tussenstop.imports.models import Import
from tussenstop.imports.queries import example_of
from tussenstop.imports.reading import read_table
from tussenstop.imports.rules import ImportState, Kind
from tussenstop.people.models import Person


def good(world: World, n: int = 1) -> list[list[str]]:
    return [[f"Nora {i}", f"nora{i}@example.org", world.programme.name] for i in range(n)]


def a_file(world: World, n: int = 1) -> Import:
    return begin(world, Kind.STUDENTS, STUDENTS, good(world, n))


def test_a_file_that_cannot_be_read_says_why_beside_the_field(
    world: World, coordinator: Client
) -> None:
    content = a_workbook(("Naam", "Mail"), ("A", "a@b.be"), ("B", None), merged="A2:A3")
    answer = upload(coordinator, world, "students", content, name="klas.xlsx")
    assert answer.status_code == 422
    assert "The cells A2:A3 are merged" in text_of(answer)
    assert not Import.objects.exists()


def test_nothing_chosen_is_told(world: World, coordinator: Client) -> None:
    url = reverse("import_begin", args=[world.institution.pk, "students"])
    answer = coordinator.post(url, {"key": str(uuid7())})
    assert answer.status_code == 422
    assert "Choose a file." in text_of(answer)


def test_the_upload_sent_twice_begins_once(world: World, coordinator: Client) -> None:
    key = uuid7()
    for _press in range(2):
        content = csv_bytes(STUDENTS, good(world))
        assert upload(coordinator, world, "students", content, key=key).status_code == 302
    assert Import.objects.count() == 1


def test_what_else_there_is_to_bring_in_does_not_exist(world: World, coordinator: Client) -> None:
    for name in ("import_begin", "import_example_csv", "import_example_xlsx"):
        url = reverse(name, args=[world.institution.pk, "teachers"])
        assert coordinator.get(url).status_code == 404


def test_the_first_values_of_a_column_stand_beside_it(world: World, coordinator: Client) -> None:
    one = a_file(world, 4)
    page = text_of(coordinator.get(reverse("import_columns", args=[one.pk])))
    assert "nora0@example.org" in page
    assert "nora2@example.org" in page
    assert "nora3@example.org" not in page


def test_a_column_that_is_needed_is_asked_for_and_the_choice_stays(
    world: World, coordinator: Client
) -> None:
    one = begin(world, Kind.STUDENTS, ("Wie", "Waar", "Wat"), good(world))
    assert coordinator.get(reverse("import", args=[one.pk])).status_code == 302
    url = reverse("import_columns", args=[one.pk])
    for data, field in (
        ({"name": "0", "programme": "2"}, "email"),
        ({"email": "1", "programme": "2"}, "name"),
    ):
        answer = coordinator.post(url, {"version": str(one.version), **data})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {field: ["Choose the column that holds this."]}
        assert answer.context["form"]["programme"].value() == "2"
    done = coordinator.post(
        url, {"version": str(one.version), "name": "0", "email": "1", "programme": "2"}
    )
    assert done.status_code == 302
    assert "Bring in 1 row" in text_of(coordinator.get(done["Location"]))


def test_who_chose_columns_after_somebody_else_sees_their_own_choice(
    world: World, coordinator: Client
) -> None:
    one = a_file(world)
    data = {"version": str(one.version), "name": "0", "email": "1", "programme": "2"}
    url = reverse("import_columns", args=[one.pk])
    assert coordinator.post(url, data).status_code == 302
    answer = coordinator.post(url, {**data, "context": "0"})
    assert answer.status_code == 422
    assert "Somebody else changed this" in text_of(answer)
    assert answer.context["form"]["context"].value() == "0"
    assert answer.context["form"]["version"].value() == "2"


def test_problems_stand_first_and_keep_the_button_away(world: World, coordinator: Client) -> None:
    rows = [*good(world, 30), ["Fout", "fout.example.org", "Zeevaart"]]
    preview = columns_chosen(
        coordinator, upload(coordinator, world, "students", csv_bytes(STUDENTS, rows))
    )
    page = text_of(preview)
    assert "1 row needs another look." in page
    assert "there is no @ in it" in page
    assert "There is no programme “Zeevaart” here." in page
    assert page.index("Row 32") < page.index("Row 2<")
    assert "Bring in 30 rows" not in page
    second = coordinator.get(f"{preview.request['PATH_INFO']}?page=2")
    assert "Row 31" in text_of(second)
    assert "there is no @ in it" not in text_of(second)


def test_rows_with_problems_are_taken_along_with_what_is_the_matter(
    world: World, coordinator: Client
) -> None:
    header = (*STUDENTS, "Klas")
    rows = [[*good(world)[0], "3B"], ["=Fout", "fout", world.programme.name, "3C"]]
    one = begin(world, Kind.STUDENTS, header, rows)
    answer = coordinator.get(reverse("import_problems", args=[one.pk]))
    assert "attachment" in answer["Content-Disposition"]
    assert b"'=Fout" in answer.content
    table = read_table(BytesIO(answer.content))
    assert table.header == (*header, "Row in your file", "What is the matter")
    assert [row.cells for row in table.rows] == [
        (
            "=Fout",
            "fout",
            world.programme.name,
            "3C",
            "3",
            "E-mail: “fout” is no e-mail address: there is no @ in it.",
        )
    ]


def test_the_corrected_file_takes_the_place_of_the_other(world: World, coordinator: Client) -> None:
    one = begin(world, Kind.STUDENTS, STUDENTS, [["Nora", "nora", world.programme.name]])
    page = coordinator.get(reverse("import", args=[one.pk]))
    url = reverse("import_begin", args=[world.institution.pk, "students"])
    assert f"{url}?instead={one.pk}" in text_of(page)
    form = coordinator.get(f"{url}?instead={one.pk}").context["form"]
    assert str(form["instead"].value()) == str(one.pk)
    assert coordinator.get(f"{url}?instead=nothing").context["form"]["instead"].value() is None
    bad = upload(coordinator, world, "students", b"", instead=str(one.pk))
    assert bad.status_code == 422
    one.refresh_from_db()
    assert one.rows
    content = csv_bytes(STUDENTS, good(world))
    upload(coordinator, world, "students", content, instead=str(one.pk))
    one.refresh_from_db()
    assert (one.state, one.rows) == (ImportState.FORGOTTEN, None)


def test_pressing_the_button_with_problems_writes_nothing_and_says_so(
    world: World, coordinator: Client
) -> None:
    one = a_file(world)
    Person.objects.filter(pk=world.stranger.pk).update(email="nora0@example.org")
    type(world.programme).objects.filter(pk=world.programme.pk).update(closed_at=world.now)
    answer = coordinator.post(
        reverse("import_bring_in", args=[one.pk]), {"version": str(one.version)}
    )
    assert answer.status_code == 409
    assert "Something changed meanwhile" in text_of(answer)
    assert "This programme takes no new students." in text_of(answer)
    assert Import.objects.get().state == ImportState.UPLOADED


def test_what_came_to_nothing_in_the_background_says_why(world: World, coordinator: Client) -> None:
    one = a_file(world)
    Import.objects.filter(pk=one.pk).update(trouble="Row 2: de kaas is op.")
    page = text_of(coordinator.get(reverse("import", args=[one.pk])))
    assert "Row 2: de kaas is op." in page
    assert "Bring in 1 row" in page


def test_a_list_that_is_there_already_offers_nothing_to_do(
    world: World, coordinator: Client
) -> None:
    rows = [["Sara Student", world.student.email, world.programme.name]]
    one = begin(world, Kind.STUDENTS, STUDENTS, rows)
    page = text_of(coordinator.get(reverse("import", args=[one.pk])))
    assert "there is nothing to bring in" in page
    answer = coordinator.post(reverse("import_bring_in", args=[one.pk]), {"version": "1"})
    assert answer.status_code == 409


def test_what_is_over_shows_what_was_done_and_no_rows(world: World, coordinator: Client) -> None:
    done, dropped = (
        bring_in(world, a_file(world)),
        begin(world, Kind.STUDENTS, STUDENTS, good(world)),
    )
    answer = coordinator.post(reverse("import_drop", args=[dropped.pk]))
    assert answer["Location"] == reverse("imports", args=[world.institution.pk])
    for one, title in ((done, "Brought in"), (dropped, "Not brought in")):
        page = text_of(coordinator.get(reverse("import", args=[one.pk])))
        assert f"<h1>{title}</h1>" in page
        assert "nora0@example.org" not in page
        assert coordinator.get(reverse("import_columns", args=[one.pk])).status_code == 302
        assert coordinator.get(reverse("import_problems", args=[one.pk])).status_code == 404
    listed = text_of(coordinator.get(reverse("imports", args=[world.institution.pk])))
    assert "1 route begun" in listed
    assert "lijst.csv" in listed


def test_another_institution_knows_nothing_of_it(world: World, signed_in: SignIn) -> None:
    one = a_file(world)
    elsewhere = signed_in(world.other_programme_coordinator)
    for name in ("import", "import_columns", "import_problems"):
        assert elsewhere.get(reverse(name, args=[one.pk])).status_code == 404
    for name in ("import_columns", "import_bring_in", "import_drop"):
        assert elsewhere.post(reverse(name, args=[one.pk])).status_code == 404
    url = reverse("imports", args=[world.institution.pk])
    assert elsewhere.get(url).status_code == 404
    one.refresh_from_db()
    assert one.state == ImportState.UPLOADED


def test_the_institution_page_leads_there_for_who_may(world: World, signed_in: SignIn) -> None:
    page = reverse("institution", args=[world.institution.pk])
    link = reverse("imports", args=[world.institution.pk])
    assert link in text_of(signed_in(world.programme_coordinator).get(page))
    assert link not in text_of(signed_in(world.teacher).get(page))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", Kind)
def test_the_example_can_be_read_and_is_recognised(
    world: World, coordinator: Client, kind: Kind, ending: str
) -> None:
    answer = coordinator.get(
        reverse(f"import_example_{ending}", args=[world.institution.pk, kind.value])
    )
    assert f".{ending}" in answer["Content-Disposition"]
    uploaded = upload(coordinator, world, kind, answer.content, name=f"voorbeeld.{ending}")
    form = coordinator.get(uploaded["Location"]).context["form"]
    with translation.override("en"):
        columns = len(example_of(world.institution, kind).header)
    assert (
        len([name for name in form.fields if form[name].value() not in {"", None}]) == columns + 1
    )


def test_the_list_reads_as_much_for_three_as_for_one(world: World, coordinator: Client) -> None:
    url = reverse("imports", args=[world.institution.pk])
    counts = []
    for more in (1, 2):
        for _file in range(more):
            a_file(world, 3)
        coordinator.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert coordinator.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * 2
    assert not [q for q in queries if '"rows"' in q["sql"] and "imports_import" in q["sql"]]


def test_the_page_speaks_dutch_to_who_reads_dutch(world: World, coordinator: Client) -> None:
    Person.objects.filter(pk=world.programme_coordinator.pk).update(language="nl")
    one = begin(world, Kind.STUDENTS, STUDENTS, [["Nora", "nora", world.programme.name]])
    assert '<html lang="nl"' in text_of(coordinator.get(reverse("import", args=[one.pk])))
