"""Reading a file as people make them: whatever made it, and what is said when it can't be read."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.filing import a_workbook
from tussenstop.core.sheets import csv_bytes, xlsx_bytes
from tussenstop.imports import excel_files
from tussenstop.imports.reading import LOCKED, OLE, read_table
from tussenstop.imports.rules import MOST_COLUMNS, MOST_ROWS
from tussenstop.imports.tables import BadTable, Table, tidy


def read(content: bytes) -> Table:
    return read_table(BytesIO(content))


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(BadTable) as refused:
        read(content)
    assert refused.value.field == "file"
    return str(refused.value.text)


ZOE = "Naam;Gemeente\nZoë;Overijse\n"


@pytest.mark.parametrize(
    "content",
    [
        ZOE.encode(),
        ZOE.encode("utf-8-sig"),
        ZOE.encode("utf-16"),
        ZOE.encode("cp1252"),
        ZOE.replace("\n", "\r\n").encode("cp1252"),
        ZOE.replace("\n", "\r").encode(),
        ZOE.replace(";", ",").encode(),
        ZOE.replace(";", "\t").encode(),
        b"sep=;\r\n" + ZOE.encode(),
        a_workbook(("Naam", "Gemeente"), ("Zoë", "Overijse")),
    ],
    ids=[
        "utf-8",
        "with a mark",
        "utf-16",
        "windows",
        "windows lines",
        "old mac lines",
        "commas",
        "tabs",
        "says its separator",
        "excel",
    ],
)
def test_the_same_list_reads_the_same_whatever_made_it(content: bytes) -> None:
    table = read(content)
    assert table.header == ("Naam", "Gemeente")
    assert cells(table) == [("Zoë", "Overijse")]


def test_a_value_may_hold_lines_separators_and_quotation_marks() -> None:
    table = read(b'Naam;Verhaal\nA;"een; ""twee""\ndrie"\nB;vier\n')
    assert cells(table) == [("A", 'een; "twee"\ndrie'), ("B", "vier")]
    assert [row.number for row in table.rows] == [2, 3]


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    table = read(b"\nNaam;Stad\n\nA;x\n;\n;\nB;y\n")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(4, "A"), (7, "B")]
    table = read(a_workbook((), ("Naam",), ("A",), (), ("B",)))
    assert [(row.number, row.cells[0]) for row in table.rows] == [(3, "A"), (5, "B")]


def test_a_short_row_is_as_wide_as_the_header_and_empty_columns_are_dropped() -> None:
    table = read(b"Naam;;Stad;;\nA;;x\nB\n")
    assert table.header == ("Naam", "Stad")
    assert cells(table) == [("A", "x"), ("B", "")]


def test_days_and_numbers_of_excel_become_text_in_one_form() -> None:
    table = read(
        a_workbook(
            ("dag", "uur", "heel", "deel", "ja"),
            (date(2027, 2, 1), datetime(2027, 2, 1, 9, 30), 16, 0.1 + 0.2, True),
            (datetime(2027, 2, 1), None, 16.0, 2.5, False),
        )
    )
    assert cells(table) == [
        ("2027-02-01", "2027-02-01 09:30", "16", "0.3", "yes"),
        ("2027-02-01", "", "16", "2.5", "no"),
    ]


def test_the_first_sheet_that_has_something_counts() -> None:
    from openpyxl import Workbook

    book = Workbook()
    hidden = book.create_sheet("Lijsten")
    hidden.append(["geheim"])
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Studenten")
    sheet.append(["Naam"])
    sheet.append(["A"])
    file = BytesIO()
    book.save(file)
    assert cells(read(file.getvalue())) == [("A",)]


def test_merged_cells_are_named() -> None:
    rows = [("Naam", "Team"), ("A", "Rood"), ("B", None), ("C", "Blauw")]
    assert "The cells B2:B3 are merged" in refusal(a_workbook(*rows, merged="B2:B3"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty."),
        (b" \n\n ", "This file is empty."),
        (b";;\n;;\n", "This file is empty."),
        (a_workbook(), "This file is empty."),
        (b"Naam;Stad\n", "no row beneath it"),
        (a_workbook(("Naam", "Stad")), "no row beneath it"),
        (b"Naam;naam\nA;B\n", "Two columns are called \u201cnaam\u201d: A and B."),
        (b"Naam;;Stad\nA;los;x\n", "Column B has no name in its first row"),
        (b"Naam\nA;los\n", "Column B has no name in its first row, and something stands in row 2"),
        (OLE + b"x" * 600, "old Excel file (.xls)"),
        (OLE + b"x" * 600 + LOCKED, "has a password"),
        (b"%PDF-1.7 ...", "This is not an Excel file (.xlsx) or a CSV file."),
        (b"PK\x03\x04 broken", "it looks damaged"),
        (b"Naam;Stad\n\x00A;x\n", "We can't read the letters"),
        ("Naam;Stad\nZo\ufffd;x\n".encode(), "We can't read the letters"),
        ("Naam;Stad\nZoÃ«;x\n".encode(), "We can't read the letters"),
        ("Naam;Stad\nZoë;x\n".encode("cp850"), "We can't read the letters"),
        ("Naam;Stad\nZoé Peeters;x\n".encode("mac-roman"), "We can't read the letters"),
        (b"Naam;Stad\n\x81\x8d;x\n", "We can't read the letters"),
        (b'Naam;Stad\n"A;x\nB;y\n', "We lose the thread near line"),
        (b"Naam\n" + b"A\n" * (MOST_ROWS + 1), "more than 5,000 rows"),
        (b";".join([b"K"] * (MOST_COLUMNS + 1)) + b"\nA\n", "more than 60 columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_file_that_is_too_large_says_so(settings: object) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024  # type: ignore[attr-defined]
    assert "larger than 1 MB" in refusal(b"Naam\n" + b"A" * 1024 * 1024)


def test_another_archive_is_no_workbook() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert "This is not an Excel file" in refusal(file.getvalue())


def test_a_workbook_that_unpacks_into_far_too_much_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excel_files, "MOST_BYTES", 500_000)
    file = BytesIO(a_workbook(("Naam",), ("A",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/huge.bin", b"0" * 600_000)
    assert "holds far too much" in refusal(file.getvalue())


def _altered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in one of its parts."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(info, data)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    content = a_workbook(("Naam", "Stad"), ("A", "x"))
    content = _altered(content, SHEET, b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert cells(read(content)) == [("A", "x")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData"),
        (b'<c r="A1"', b'<c r="1A"'),
        (b'<row r="1"', b'<row r="een"'),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
    ],
)
def test_a_damaged_workbook_is_said_to_be_damaged(old: bytes, new: bytes) -> None:
    content = _altered(a_workbook(("Naam",), ("A",)), SHEET, old, new)
    assert "it looks damaged" in refusal(content)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co"]), max_size=30
)
rows = st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=6)


@given(rows)
def test_what_we_wrote_ourselves_is_read_as_it_was(written: list[list[str]]) -> None:
    header = ["Naam", "Stad", "Verhaal"]
    meant = [tuple(tidy(value) for value in row) for row in written]
    meant = [row for row in meant if any(row)]
    for content in (csv_bytes(header, written), xlsx_bytes(header, written, "Blad")):
        if not meant:
            assert "no row beneath it" in refusal(content)
        elif not any(
            "Ã" in value or "â" in value or "\ufffd" in value for row in meant for value in row
        ):
            table = read(content)
            assert table.header == tuple(header)
            assert cells(table) == meant
