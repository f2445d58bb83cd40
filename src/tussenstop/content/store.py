"""Which content pack is in use: an installed one, or the one that comes with the software."""

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from tussenstop.content.errors import ContentError, Problem
from tussenstop.content.loader import FILES, load, parse, read
from tussenstop.content.packs import Pack, completed, missing_keys

logger = logging.getLogger(__name__)

BUILT_IN = Path(__file__).parent / "data"
POINTER = "current"

Stamp = tuple[int, int]


@dataclass
class _InUse:
    """The pack this process works with, and the pointer as it was when that pack was read."""

    target: Path | None = None
    stamp: Stamp | None = None
    pack: Pack | None = None


_in_use = _InUse()
_lock = Lock()


@cache
def built_in() -> Pack:
    """The content pack that comes with the software."""
    return load(BUILT_IN)


def configure(target: Path | None) -> None:
    """Say where packs are installed; without a place, only the built-in one is used."""
    global _in_use  # noqa: PLW0603 -- one pack per process is the point
    _in_use = _InUse(target)


def pack() -> Pack:
    """The current content pack. Notices a newly installed one at the cost of one stat."""
    state = _in_use
    if state.target is None:
        return built_in()
    stamp = _stamp(state.target / POINTER)
    if state.pack is None or stamp != state.stamp:
        with _lock:
            if state.pack is None or stamp != state.stamp:
                state.pack = _installed(state.target, stamp) or state.pack or built_in()
                state.stamp = stamp
    return state.pack


def install(directory: Path, target: Path) -> Pack:
    """Check the pack in `directory`, keep a copy in `target` and point to it.

    A broken pack raises ContentError and changes nothing; a crash leaves the old pack in use.
    """
    sources = read(directory)
    new = parse(sources)
    if missing := list(missing_keys(new, built_in())):
        raise ContentError.of(
            Problem(FILES[part], path, f"key {_last(path)} is missing: routes refer to it")
            for part, path in missing
        )
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target, prefix=".incoming-") as scratch:
        if not _holds(target / new.digest, new):
            _keep(sources, Path(scratch), target / new.digest)
        pointer = Path(scratch) / POINTER
        _write(pointer, f"{new.digest}\n".encode())
        pointer.replace(target / POINTER)
        _flush(target)
    return new


def _stamp(pointer: Path) -> Stamp | None:
    """What tells one state of the pointer from another; None when there is no pointer."""
    try:
        found = pointer.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return (-1, -1)
    return (found.st_mtime_ns, found.st_ino)


def _installed(target: Path, stamp: Stamp | None) -> Pack | None:
    """The installed pack, the built-in one when none is installed, None when it can't be read."""
    if stamp is None:
        return built_in()
    try:
        digest = (target / POINTER).read_text(encoding="ascii").strip()
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ContentError(POINTER, "", "does not name a content pack")
        found = load(target / digest, older=True)
    except (OSError, UnicodeDecodeError, ContentError) as error:
        logger.warning("The content pack in %s can't be read: %s", target, error)
        return None
    if missing := list(missing_keys(found, built_in())):
        logger.warning(
            "The content pack in %s is older than the software; %d entries come from the "
            "built-in one, such as %s",
            target,
            len(missing),
            missing[0][1],
        )
        return completed(found, built_in())
    return found


def _holds(directory: Path, wanted: Pack) -> bool:
    try:
        return load(directory).digest == wanted.digest
    except ContentError:
        return False


def _keep(sources: Mapping[str, bytes], scratch: Path, place: Path) -> None:
    """Write the files aside, then move them to their place in one step."""
    fresh = scratch / "fresh"
    fresh.mkdir()
    for file, content in sources.items():
        _write(fresh / file, content)
    _flush(fresh)
    if place.exists():
        place.rename(scratch / "damaged")
    fresh.rename(place)
    _flush(place.parent)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(directory: Path) -> None:
    """Make names in a directory survive a power cut, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last(path: str) -> str:
    return path.rpartition(".")[2]
