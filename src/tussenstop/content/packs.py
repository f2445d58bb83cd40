"""A whole content pack, and what can be asked of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain, pairwise
from typing import TypeVar

from pydantic import BaseModel

from tussenstop.content.documents import Requirement
from tussenstop.content.questions import Counterpart, PositionPart
from tussenstop.content.reflecting import (
    LoopStep,
    ReflectionForm,
    ReflectionPrompt,
    ReflectionTheme,
)
from tussenstop.content.schema import (
    Challenge,
    Context,
    Conversation,
    Culture,
    Form,
    Lever,
    LeverGroup,
    Motive,
    Practice,
    Principle,
    Section,
    Statement,
    Stop,
    Strength,
)
from tussenstop.content.wellbeing import CheckInItem, Country

E = TypeVar("E", bound=BaseModel)


@dataclass(frozen=True)
class Pack:
    """All content, by key, in the order of the files."""

    contexts: Mapping[str, Context]
    challenges: Mapping[str, Challenge]
    principles: Mapping[str, Principle]
    lever_groups: Mapping[str, LeverGroup]
    stops: Mapping[str, Stop]
    cultures: Mapping[str, Culture]
    conversations: Mapping[str, Conversation]
    motives: Mapping[str, Motive]
    forms: Mapping[str, Form]
    start_agreement: Mapping[str, Section]
    starting_position: Mapping[str, PositionPart]
    counterparts: Mapping[str, Counterpart]
    documents: Mapping[str, Requirement]
    strengths: Mapping[str, Strength]
    reflection_forms: Mapping[str, ReflectionForm]
    reflection_themes: Mapping[str, ReflectionTheme]
    reflection_loop: Mapping[str, LoopStep]
    check_in: Mapping[str, CheckInItem]
    crisis: Mapping[str, Country]

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the content, whatever the files look like."""
        content = {
            name: {key: entry.model_dump(mode="json") for key, entry in entries.items()}
            for name, entries in self.parts()
        }
        canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def levers(self) -> Mapping[str, Lever]:
        """The levers of all groups together."""
        groups = self.lever_groups.values()
        return dict(chain.from_iterable(group.levers.items() for group in groups))

    @cached_property
    def practices(self) -> Mapping[str, Practice]:
        """The practices of all levers together."""
        levers = self.levers.values()
        return dict(chain.from_iterable(lever.practices.items() for lever in levers))

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """The statements of all principles together."""
        principles = self.principles.values()
        return dict(chain.from_iterable(one.statements.items() for one in principles))

    @cached_property
    def reflection_prompts(self) -> Mapping[str, ReflectionPrompt]:
        """The prompts of all themes together."""
        themes = self.reflection_themes.values()
        return dict(chain.from_iterable(one.prompts.items() for one in themes))

    def lever(self, key: str) -> Lever:
        """The lever with this key, whatever its group."""
        return self.levers[key]

    def practice(self, key: str) -> Practice:
        """The practice with this key, whatever its lever."""
        return self.practices[key]

    def statement(self, key: str) -> Statement:
        """The statement with this key, whatever its principle."""
        return self.statements[key]

    def group_of(self, lever: str) -> LeverGroup:
        """The group that holds this lever."""
        for group in self.lever_groups.values():
            if lever in group.levers:
                return group
        raise KeyError(lever)

    def stops_for(self, context: str) -> Mapping[str, Stop]:
        """The stops of a route in this context, in order."""
        return {key: stop for key, stop in self.stops.items() if context not in stop.skip_for}

    def parts(self) -> Iterator[tuple[str, Mapping[str, BaseModel]]]:
        """Each part with its name, in a fixed order."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def completed(own: Pack, standard: Pack) -> Pack:
    """`own`, with what `standard` has and `own` lacks put in its place."""
    rest = dict(standard.parts())
    return Pack(**{name: _merged(entries, rest[name]) for name, entries in own.parts()})  # type: ignore[arg-type]


def missing_keys(own: Pack, standard: Pack) -> Iterator[tuple[str, str]]:
    """Part and path of every entry that `standard` has and `own` lacks."""
    rest = dict(own.parts())
    for name, entries in standard.parts():
        present = set(_paths(rest[name]))
        yield from ((name, path) for path in _paths(entries) if path not in present)


def _paths(entries: Mapping[str, BaseModel], prefix: str = "") -> Iterator[str]:
    for key, entry in entries.items():
        path = f"{prefix}{key}"
        yield path
        for name, nested in _nested(entry):
            yield from _paths(nested, f"{path}.{name}.")


def _nested(entry: BaseModel) -> Iterator[tuple[str, Mapping[str, BaseModel]]]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, Mapping):
            yield name, value


def _merged(own: Mapping[str, E], standard: Mapping[str, E]) -> dict[str, E]:
    order = list(own)
    for before, key in pairwise(["", *standard]):
        if key not in own:
            order.insert(order.index(before) + 1 if before else 0, key)
    return {
        key: _filled(own[key], standard[key])
        if key in own and key in standard
        else own.get(key) or standard[key]
        for key in order
    }


def _filled(own: E, standard: E) -> E:
    rest = dict(_nested(standard))
    nested = {name: _merged(entries, rest[name]) for name, entries in _nested(own)}
    return own.model_copy(update=nested)
