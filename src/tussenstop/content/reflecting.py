"""What helps somebody look back: forms that people know, themes with prompts, and the loop."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Strict

from tussenstop.content.schema import Choice, Described, Entries, Key, Line, Role, distinct
from tussenstop.content.text import Frozen, Text


class FormStep(Frozen):
    """One step of a form: its name, what it asks, and a hint."""

    key: Key
    name: Text
    text: Text
    hint: Text


class ReflectionForm(Described):
    """A known way to look back; `source` says where it comes from."""

    source: Text
    steps: Entries[FormStep]


class ReflectionPrompt(Line):
    """A question that sets somebody writing: for whom, and at which kinds of stop (none named
    means any)."""

    roles: Choice[Role]
    stops: Annotated[tuple[Key, ...], Strict(False), AfterValidator(distinct)] = ()


class ReflectionTheme(Described):
    """What prompts and entries are about. A private one is nobody's business at work."""

    private: bool = False
    prompts: Entries[ReflectionPrompt]


class LoopStep(Frozen):
    """One step of the loop that student, mentor and coach go through in turn."""

    key: Key
    who: Literal["student", "mentor", "coach"]
    name: Text
    text: Text
    hint: Text
