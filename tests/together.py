"""Acts of several people at the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tussenstop.core.errors import DomainError


@pytest.fixture
def a_database_for_threads(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Embedded databases are tested in memory, where threads share one cache and its locks. Here
    the test gets a copy on disk, as in a real installation; a server needs no copy."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
        return
    in_memory = connections["default"]
    path = str(tmp_path / "copy.sqlite3")
    with in_memory.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [path])
    settings = in_memory.settings_dict
    name, settings["NAME"] = settings["NAME"], path
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    settings["NAME"] = name
    connections["default"] = in_memory


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the refusal it met."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=10)
        try:
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]
