"""A content pack that a test may spoil, and a clean slate for what is in use."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tussenstop import content
from tussenstop.content.store import BUILT_IN

Spoil = Callable[[str, str, str], None]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the built-in pack."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where packs are installed; it does not exist yet."""
    return tmp_path / "installed"


@pytest.fixture
def spoil(directory: Path) -> Spoil:
    """Replace the first occurrence of a piece of a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        text = (directory / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} to spoil"
        (directory / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def in_use(target: Path) -> Iterator[Path]:
    """The target, configured as the place where this process finds its pack."""
    content.configure(target)
    yield target
    content.configure(None)
