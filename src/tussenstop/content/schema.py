"""What each entry of a content pack consists of."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    Strict,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tussenstop.content.text import Frozen, ShortText, Text

PartnerRole = Literal["student", "mentor", "teacher"]
Role = Literal[
    "student",
    "mentor",
    "teacher",
    "coach",
    "godparent",
    "organisation_coordinator",
    "programme_coordinator",
]
Origin = Literal["seed", "ours"]
Automatic = Literal[
    "start_agreement_accepted",
    "mentor_accepted",
    "teacher_known",
    "period_agreed",
    "date_set",
    "previous_stop_done",
    "week_sketched",
    "motives_named",
    "sharing_chosen",
]
FieldKind = Literal["text", "longtext", "rows"]

KEY_LENGTH = 40


def _well_formed(key: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or len(key) > KEY_LENGTH:
        raise ValueError(
            f"'{key}' can't be a key: use at most {KEY_LENGTH} lower-case letters, digits and "
            "underscores, beginning with a letter"
        )
    return key


def _web_address(url: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", url):
        raise ValueError(f"'{url}' is not a web address that begins with https://")
    return url


def distinct(values: Sequence[str]) -> Sequence[str]:
    if len(set(values)) < len(values):
        raise ValueError("names something twice")
    return values


def _by_key(entries: object) -> object:
    """Turn the list as written into a mapping by key, in the same order."""
    if not isinstance(entries, list):
        raise PydanticCustomError("not_a_list", "must be a list of entries that begin with '- '")
    if not entries:
        raise PydanticCustomError("empty_list", "is empty: add an entry, or leave the field out")
    keyed: dict[str, object] = {}
    for number, entry in enumerate(entries, start=1):
        key = entry.get("key") if isinstance(entry, dict) else None
        name = key if isinstance(key, str) and key else f"#{number}"
        if name in keyed:
            raise PydanticCustomError("duplicate_key", "this key stands here twice", {"key": name})
        keyed[name] = entry
    return keyed


T = TypeVar("T")
E = TypeVar("E", bound=BaseModel)

Key = Annotated[str, AfterValidator(_well_formed)]
Choice = Annotated[tuple[T, ...], Strict(False), Field(min_length=1), AfterValidator(distinct)]
Entries = Annotated[Mapping[str, E], BeforeValidator(_by_key)]


class Line(Frozen):
    """One sentence of a list."""

    key: Key
    text: Text


class Entry(Frozen):
    """Something with a key that other data may refer to, and where it came from."""

    key: Key
    origin: Origin


class Described(Entry):
    """An entry with a name and a few sentences about it."""

    name: Text
    description: Text


class Context(Described):
    """The situation in which a student learns at a workplace."""

    short: Text
    first_need: Text
    communication_advice: Entries[Line]
    practical_advice: Entries[Line]
    perspective: Text


class Challenge(Described):
    """What asks most of a working student, as questions."""

    questions: Entries[Line]


class Statement(Entry):
    """What a principle means in practice."""

    text: Text


class Principle(Described):
    """A value everything is held against."""

    statements: Entries[Statement]


class Practice(Described):
    """A concrete habit by which a lever is moved."""


class Lever(Described):
    """Something an organisation can shift to be a better place to learn."""

    practices: Entries[Practice] = Field(default_factory=dict)


class LeverGroup(Described):
    """Levers that belong together, and the principles they make real."""

    principles: Choice[Key]
    levers: Entries[Lever]


class Prompt(Line):
    """A question that partners prepare, each for themselves."""

    roles: Choice[Role]


class ChecklistItem(Line):
    """Something that must be in order at a stop; `automatic` names who else can know it."""

    who: Role
    automatic: Automatic | None = None


class Stop(Entry):
    """A kind of stop on a route; `week` counts from the start of the placement."""

    name: Text
    short_name: ShortText
    purpose: Text
    stretch: bool = False
    optional: bool = False
    repeatable: bool = False
    lead: PartnerRole
    attends: Choice[Role]
    week: int | None
    skip_for: Annotated[tuple[Key, ...], Strict(False), AfterValidator(distinct)] = ()
    agenda: Entries[Line]
    prompts: Entries[Prompt]
    checklist: Entries[ChecklistItem]
    outcome: Text

    @model_validator(mode="after")
    def _everyone_is_there(self) -> Self:
        if self.lead not in self.attends:
            raise ValueError(f"the {self.lead} leads this stop but does not attend it")
        for prompt in self.prompts.values():
            if absent := set(prompt.roles) - set(self.attends):
                role = min(absent)
                raise ValueError(f"prompt '{prompt.key}' asks the {role}, who does not attend")
        return self


class Culture(Described):
    """A type of workplace culture, and how one notices it."""

    normal_day: Text


class Conversation(Described):
    """A way of talking with each other."""

    prompts: Entries[Line]


class Motive(Described):
    """A reason to take this road."""


class Strength(Entry):
    """A talent that others may see in somebody; `roles` says in whom."""

    name: Text
    roles: Choice[Role]


class Source(Frozen):
    """Where something can be read."""

    text: Text
    url: Annotated[str, AfterValidator(_web_address)]


class Form(Described):
    """A form of contract under which a placement can run."""

    contexts: Choice[Key]
    source: Source | None


class Column(Frozen):
    """One column of a field with rows."""

    key: Key
    label: Text


class AgreementField(Frozen):
    """One question of the start agreement."""

    key: Key
    label: Text
    hint: Text
    kind: FieldKind
    columns: Entries[Column] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _columns_make_rows(self) -> Self:
        if (self.kind == "rows") != bool(self.columns):
            raise ValueError("columns belong to a field of kind 'rows', and only there")
        return self


class Responsibility(Line):
    """Something a role sees to."""

    role: Role


class Section(Entry):
    """A part of the start agreement; without an owner all partners write it together."""

    title: Text
    help: Text
    owner: PartnerRole | None
    fields: Entries[AgreementField]
    responsibilities: Entries[Responsibility] = Field(default_factory=dict)
