"""Limits that keep the house readable."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LINES, TEST_LINES = 400, 500


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return [ROOT / name for name in listed]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_grows_past_its_room() -> None:
    modules = [p for p in tracked("src/*.py") if "migrations" not in p.parts]
    assert modules
    assert {p.name: n for p in modules if (n := lines(p)) > SOURCE_LINES} == {}


def test_no_test_file_grows_past_its_room() -> None:
    modules = tracked("tests/*.py")
    assert modules
    assert {p.name: n for p in modules if (n := lines(p)) > TEST_LINES} == {}


@pytest.mark.parametrize("pattern", ["src/*.css", "src/*.html"])
def test_no_stylesheet_or_template_grows_past_its_room(pattern: str) -> None:
    assert {p.name: n for p in tracked(pattern) if (n := lines(p)) > 450} == {}


def test_every_wordings_template_is_trimmed() -> None:
    """Text over several lines must be trimmed, or its line breaks end up in the catalogue."""
    found = []
    for path in tracked("src/*.html"):
        for line in path.read_text(encoding="utf-8").splitlines():
            start = line.find("{% blocktranslate")
            if start >= 0 and "trimmed" not in line[start:] and "endblocktranslate" not in line:
                found.append(f"{path.name}: {line.strip()}")
    assert found == []
