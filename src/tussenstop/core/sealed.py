"""Values that the database keeps sealed: read with the keys of the installation, or not at all.

A sealed value begins with the mark of the key it was sealed with, so that what still has an older
key is found without opening anything.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast

BLOCK = 96  # characters: short answers are as long as each other
AT_ONCE = 500

log = structlog.get_logger()


class KeyIsGone(Exception):
    """A sealed value was made with a key that this installation no longer has."""


def _secrets() -> tuple[str, ...]:
    """Newest first."""
    return (*settings.WELLBEING_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _keys(secrets: tuple[str, ...]) -> tuple[str, MultiFernet]:
    made = [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tussenstop sealed values").derive(
            secret.encode()
        )
        for secret in secrets
    ]
    return sha256(made[0]).hexdigest()[:8], MultiFernet(
        [Fernet(urlsafe_b64encode(key)) for key in made]
    )


def seal(value: Any) -> str:
    """What the database keeps of a value."""
    mark, keys = _keys(_secrets())
    text = json.dumps(value, ensure_ascii=False)
    padded = text.ljust(-(-len(text) // BLOCK) * BLOCK)
    return f"{mark}:{keys.encrypt(padded.encode()).decode()}"


def open_sealed(kept: str) -> Any:
    """The value again. Raises KeyIsGone."""
    _mark, keys = _keys(_secrets())
    try:
        return json.loads(keys.decrypt(kept.partition(":")[2]))
    except InvalidToken as error:
        raise KeyIsGone from error


class SealedField(models.TextField[Any, Any]):
    """A value that JSON knows, sealed in the database. It can't be searched or sorted by."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        return None if value is None else open_sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(value)

    def to_python(self, value: Any) -> Any:
        return value


def _older() -> Iterator[tuple[type[models.Model], str, Any]]:
    """Every kept value that the newest key did not seal: its table, its column, the rows."""
    mark, _keys_now = _keys(_secrets())
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                rows = model._default_manager.annotate(
                    kept=Cast(field.name, models.TextField())
                ).exclude(kept__startswith=f"{mark}:")
                yield model, field.name, rows.order_by("pk").values_list("pk", "kept")


def reseal() -> tuple[int, int]:
    """Seal anew, with the newest key, what still has an older one. Says how many, and how many
    could not be opened with any key."""
    done = lost = 0
    for model, name, rows in _older():
        here = model._default_manager.annotate(kept=Cast(name, models.TextField()))
        last = None
        while found := list((rows.filter(pk__gt=last) if last else rows)[:AT_ONCE]):
            for pk, kept in found:
                try:
                    value = open_sealed(kept)
                except KeyIsGone:
                    lost += 1
                    continue
                # Only what still stands there: somebody may write at the same moment.
                done += here.filter(pk=pk, kept=kept).update(**{name: value})
            last = found[-1][0]
    return done, lost


def reseal_daily(_now: datetime) -> None:
    """Work of the day."""
    done, lost = reseal()
    if done or lost:
        log.info("sealed anew", done=done, lost=lost)


def readable() -> bool:
    """Whether everything sealed can still be opened, by one value of each older key."""
    for _model, _name, rows in _older():
        marks: set[str] = set()
        for _pk, kept in rows.iterator():
            if kept and (mark := kept.partition(":")[0]) not in marks:
                marks.add(mark)
                try:
                    open_sealed(kept)
                except KeyIsGone:
                    return False
    return True
