"""The story: what was done, by whom, when, by what means, told later in plain sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from tussenstop.core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and by what means: `session` (signed in), `link` (a link sent by e-mail),
    `elsewhere` (on paper, recorded by another) or `system` (the software, without a person)."""

    id: UUID | None
    label: str
    means: str = "session"


SYSTEM = Actor(id=None, label="", means="system")

_sentences: dict[str, Promise] = {}


def tell(sentences: Mapping[str, Promise]) -> None:
    """Teach the story the sentence of each code; placeholders are `who` and the entry's params."""
    clash = _sentences.keys() & sentences.keys()
    if any(_sentences[code] is not sentences[code] for code in clash):
        raise ValueError(f"told twice: {sorted(clash)}")
    _sentences.update(sentences)


Reader = Callable[[Any], str]
_readers: dict[str, Reader] = {}


def read_as(param: str, reader: Reader) -> None:
    """Let a param that is kept as a code (a role, a state, a day) be read as words."""
    _readers[param] = reader


def sentence(entry: AuditEntry) -> str:
    """The entry in words, in the active language."""
    words = {key: _readers.get(key, str)(value) for key, value in entry.params.items()}
    return str(_sentences[entry.code]) % {"who": entry.actor_label, **words}


def record(
    code: str,
    *,
    actor: Actor,
    now: datetime,
    route_id: UUID | None = None,
    subject_id: UUID | None = None,
    **params: Any,
) -> AuditEntry:
    """Write down one thing that happened, in the transaction of the change itself."""
    if code not in _sentences:
        raise ValueError(f"no sentence for '{code}'")
    return AuditEntry.objects.create(
        at=now,
        code=code,
        actor_id=actor.id,
        actor_label=actor.label,
        means=actor.means,
        route_id=route_id,
        subject_id=subject_id,
        params=params,
    )


def did_anything(person_id: UUID) -> bool:
    """Whether somebody ever did something here, by whatever means."""
    return AuditEntry.objects.filter(actor_id=person_id).exists()
