"""Files that a spreadsheet opens, and what a spreadsheet might take for a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tussenstop.core.sheets import as_written, csv_bytes, harmless, xlsx_bytes

DANGEROUS = ["=1+1", "+32 9 123", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def rows_of_xlsx(content: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("value", DANGEROUS)
def test_what_looks_like_a_formula_becomes_text(value: str) -> None:
    assert harmless(value) == f"'{value}"
    assert rows_of_csv(csv_bytes([value], [[value]])) == [[f"'{value}"], [f"'{value}"]]


@pytest.mark.parametrize("value", ["=1+1", "+32 9 123", "-1", "@SUM(A1)"])
def test_excel_finds_text_where_a_formula_was_written(value: str) -> None:
    assert rows_of_xlsx(xlsx_bytes([value], [[value]], "Blad")) == [(f"'{value}",)] * 2


@pytest.mark.parametrize("value", [*DANGEROUS, "gewoon", "", "'s morgens", "7"])
def test_who_reads_our_own_file_gets_the_value_back(value: str) -> None:
    assert as_written(str(harmless(value))) == value


def test_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    assert rows_of_xlsx(xlsx_bytes(["a", "b", "c"], [[-3, 2.5, None]], "Blad"))[1] == (
        -3,
        2.5,
        None,
    )
    assert rows_of_csv(csv_bytes(["a", "b"], [[-3, None]]))[1] == ["-3", ""]


def test_letters_with_accents_and_lines_within_a_cell_survive() -> None:
    value = "Zoë; «één»\ntweede regel"
    assert rows_of_csv(csv_bytes(["naam"], [[value]]))[1] == [value]
    assert rows_of_xlsx(xlsx_bytes(["naam"], [[value]], "Blad"))[1] == (value,)


def test_what_no_spreadsheet_can_hold_is_left_out() -> None:
    assert rows_of_xlsx(xlsx_bytes(["a"], [["a\x00b\x0bc\ufffe"]], "A/B: [1]?"))[1] == ("abc",)
