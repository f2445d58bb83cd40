"""What must be in order before a gate of a route."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Strict

from tussenstop.content.schema import Described, Key, Role, Source, distinct

Gate = Literal["agreement", "start"]
Proof = Literal[
    "file",  # an upload
    "word",  # somebody confirms it
    "fitness",  # may start: yes or no, and a date; nothing else
]

Keys = Annotated[tuple[Key, ...], Strict(False), AfterValidator(distinct)]


class Requirement(Described):
    """A document or confirmation: who provides it, before which gate, for which forms of contract
    and contexts (none named means all), and for how many months it holds. One that is not
    `standard` is asked only where a programme or a route switches it on."""

    provider: Role
    gate: Gate
    proof: Proof
    standard: bool = True
    forms: Keys = ()
    contexts: Keys = ()
    months: int | None = None
    source: Source | None = None
