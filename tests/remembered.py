"""What a world wrote, put back row by row. A world is built through the actions people really take,
which costs some six hundred queries; the second time its rows are the same, so they are remembered
for as long as the tests run."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

T = TypeVar("T")
Row = tuple[Any, ...]


@dataclass
class Picture:
    """The rows of each table, and what the builder gave back."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    given: bytes = b""


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def _rows() -> dict[str, list[Row]]:
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchall()
    return found


def _put_back(picture: Picture) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in picture.rows.items():
            values = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(
                f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({values})",
                rows,
            )
    return pickle.loads(picture.given)


def remembered(*, at: datetime, stands: bool = True) -> Callable[..., Callable[..., T]]:
    """For a builder that takes `now`: run once at this moment, later its rows are put back. While
    it runs the clock stands at that moment, or else goes as it really does: it is the same in
    whichever test it is run first."""
    pictures: dict[Any, Picture] = {}

    def outer(build: Callable[..., T]) -> Callable[..., T]:
        @wraps(build)
        def built(*, now: datetime = at) -> T:
            if now != at:
                return build(now=now)
            key = (settings.BASE_URL, settings.LETTERS)
            if key in pictures:
                return _put_back(pictures[key])  # type: ignore[no-any-return]
            before = _rows()
            with patch("tussenstop.core.clock.now", (lambda: at) if stands else timezone.now):
                given = build(now=at)
            picture = Picture(given=pickle.dumps(given))
            for table, rows in _rows().items():
                if new := [row for row in rows if row not in before[table]]:
                    if before[table]:
                        return given  # the test had begun: these rows don't stand alone
                    picture.rows[table] = new
            pictures[key] = picture
            return given

        return built

    return outer
