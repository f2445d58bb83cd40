"""The forms in which one can write: free, the known ones, and those of one's institutions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.content import pack
from tussenstop.people.models import Person
from tussenstop.reflection.models import OwnForm
from tussenstop.reflection.rules import FREE, OWN, key_of, split_key


@dataclass(frozen=True, slots=True)
class Step:
    """One text to write: under which key it is kept, its name, what it asks, a hint."""

    key: str
    name: str
    question: str
    hint: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A form, in the active language."""

    key: str
    name: str
    about: str
    source: str
    steps: tuple[Step, ...]
    own_of: str = ""  # the institution that made it


def spoken(by_language: Mapping[str, str]) -> str:
    """A text in the active language, or in the only one it has."""
    wanted = "en" if (get_language() or "nl").startswith("en") else "nl"
    return by_language.get(wanted) or next((text for text in by_language.values() if text), "")


def free() -> Shape:
    return Shape(FREE, _("Free writing"), "", "", (Step(FREE, _("Your text"), _("Your text"), ""),))


def known(key: str) -> Shape | None:
    """A form of the content pack."""
    form = pack().reflection_forms.get(key)
    if form is None:
        return None
    steps = tuple(
        Step(key_of(key, one.key), str(one.name), str(one.text), str(one.hint))
        for one in form.steps.values()
    )
    return Shape(key, str(form.name), str(form.description), str(form.source), steps)


def own(row: OwnForm) -> Shape:
    key = f"{OWN}{row.pk.hex}"
    steps = tuple(
        Step(
            key_of(key, one["key"]),
            spoken(one["question"]),
            spoken(one["question"]),
            spoken(one["hint"]),
        )
        for one in row.steps
    )
    return Shape(key, spoken(row.name), row.about, "", steps, own_of=row.institution.name)


def forms_of_institutions(person: Person, *, now: datetime) -> list[OwnForm]:
    """The forms of every institution where this person holds a role or travels a route."""
    parts = Participation.objects.filter(checks.taking_part(now), person=person)
    held = checks.memberships(person, now=now)
    return list(
        OwnForm.objects.filter(
            Q(institution_id__in=parts.values("route__institution_id"))
            | Q(institution_id__in=held.values("institution_id")),
            retired_at=None,
        )
        .select_related("institution")
        .order_by("made_at", "pk")
    )


def on_offer(person: Person, *, now: datetime) -> list[Shape]:
    """What this person can choose from."""
    built_in = [shape for key in pack().reflection_forms if (shape := known(key))]
    return [free(), *built_in, *(own(row) for row in forms_of_institutions(person, now=now))]


def shapes_for(keys: Iterable[str]) -> dict[str, Shape]:
    """The forms with these keys, in their order; own ones as they were when something was written
    with them. One read, and none when no own form is among them."""
    wanted = list(dict.fromkeys(keys))
    ids = [pk for key in wanted if (pk := own_id(key))]
    rows = OwnForm.objects.filter(pk__in=ids).select_related("institution") if ids else ()
    made = {f"{OWN}{row.pk.hex}": own(row) for row in rows}
    found = ((key, made.get(key) or (free() if key == FREE else known(key))) for key in wanted)
    return {key: shape for key, shape in found if shape}


def own_id(key: str) -> UUID | None:
    if not key.startswith(OWN):
        return None
    try:
        return UUID(hex=key.removeprefix(OWN))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Written:
    """A text that was written, with the step it belongs to."""

    step: Step
    text: str
    shape: Shape


def written(form: str, texts: Mapping[str, str], shapes: Mapping[str, Shape]) -> list[Written]:
    """What was written, the present form first, then what came from forms before it. A text whose
    form is gone keeps standing there, under its key."""
    order = [form, *dict.fromkeys(split_key(key)[0] for key in texts if split_key(key)[0] != form)]
    found: list[Written] = []
    for name in order:
        shape = shapes.get(name) or Shape(name, name, "", "", ())
        known_steps = {step.key: step for step in shape.steps}
        mine = [key for key in texts if split_key(key)[0] == name]
        steps = [
            *known_steps.values(),
            *(Step(key, key, key, "") for key in mine if key not in known_steps),
        ]
        found += [Written(s, texts[s.key], shape) for s in steps if texts.get(s.key)]
    return found


def form_keys(rows: Iterable[Any]) -> list[str]:
    """The forms that these entries were written with."""
    return list(dict.fromkeys(split_key(key)[0] for row in rows for key in (row.form, *row.texts)))


def known_keys() -> list[str]:
    """The forms of the content pack, in their order."""
    return list(pack().reflection_forms)
