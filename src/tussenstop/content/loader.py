"""From files to a content pack, or to sentences that say what is wrong with them."""

import re
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tussenstop.content.documents import Requirement
from tussenstop.content.errors import ContentError, Problem
from tussenstop.content.packs import Pack
from tussenstop.content.questions import Counterpart, PositionPart
from tussenstop.content.reflecting import LoopStep, ReflectionForm, ReflectionTheme
from tussenstop.content.schema import (
    Challenge,
    Context,
    Conversation,
    Culture,
    Entries,
    Form,
    LeverGroup,
    Motive,
    Principle,
    Section,
    Stop,
    Strength,
)
from tussenstop.content.wellbeing import CheckInItem, Country

try:
    from yaml import CSafeLoader as BaseLoader
except ImportError:
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]

FILES: Mapping[str, str] = {
    "contexts": "contexts.yaml",
    "challenges": "challenges.yaml",
    "principles": "principles.yaml",
    "lever_groups": "levers.yaml",
    "stops": "stops.yaml",
    "cultures": "culture.yaml",
    "conversations": "conversations.yaml",
    "motives": "motives.yaml",
    "forms": "forms.yaml",
    "start_agreement": "start_agreement.yaml",
    "starting_position": "starting_position.yaml",
    "counterparts": "counterparts.yaml",
    "documents": "documents.yaml",
    "strengths": "strengths.yaml",
    "reflection_forms": "reflection_forms.yaml",
    "reflection_themes": "reflection_themes.yaml",
    "reflection_loop": "reflection_loop.yaml",
    "check_in": "check_in.yaml",
    "crisis": "crisis.yaml",
}

_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "contexts": TypeAdapter(Entries[Context]),
    "challenges": TypeAdapter(Entries[Challenge]),
    "principles": TypeAdapter(Entries[Principle]),
    "lever_groups": TypeAdapter(Entries[LeverGroup]),
    "stops": TypeAdapter(Entries[Stop]),
    "cultures": TypeAdapter(Entries[Culture]),
    "conversations": TypeAdapter(Entries[Conversation]),
    "motives": TypeAdapter(Entries[Motive]),
    "forms": TypeAdapter(Entries[Form]),
    "start_agreement": TypeAdapter(Entries[Section]),
    "starting_position": TypeAdapter(Entries[PositionPart]),
    "counterparts": TypeAdapter(Entries[Counterpart]),
    "documents": TypeAdapter(Entries[Requirement]),
    "strengths": TypeAdapter(Entries[Strength]),
    "reflection_forms": TypeAdapter(Entries[ReflectionForm]),
    "reflection_themes": TypeAdapter(Entries[ReflectionTheme]),
    "reflection_loop": TypeAdapter(Entries[LoopStep]),
    "check_in": TypeAdapter(Entries[CheckInItem]),
    "crisis": TypeAdapter(Entries[Country]),
}

_REASONS: Mapping[str, str] = {
    "missing": "the field is missing",
    "extra_forbidden": "the field is unknown",
    "string_type": "must be text; put quotes around it if it looks like a number or a yes or no",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "too_short": "is empty",
    "model_type": "must have fields of its own",
}
_LANGUAGES = {"nl": "the Dutch text is missing", "en": "the English text is missing"}


class _Yaml(BaseLoader):
    """YAML in which a word is a word: no yes and no as booleans, no dates, nothing said twice."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a field that stands twice in one entry, which YAML itself would let pass."""
        seen: set[str] = set()
        for name, _ in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value in seen:
                problem = f"the field '{name.value}' stands twice in one entry"
                raise yaml.constructor.ConstructorError(
                    problem=problem, problem_mark=name.start_mark
                )
            seen.add(str(name.value))
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in [
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
]:
    _Yaml.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first
    )


def load(directory: Path, *, older: bool = False) -> Pack:
    """The content pack in `directory`; an `older` one may lack the files of later versions. Raises
    ContentError with every problem found."""
    return parse(read(directory, older=older))


def read(directory: Path, *, older: bool = False) -> dict[str, bytes]:
    """The files of the pack in `directory`, unread. Raises ContentError when one can't be had."""
    sources: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in FILES.values():
        try:
            sources[file] = (directory / file).read_bytes()
        except FileNotFoundError:
            if older and directory.is_dir():
                continue
            problems.append(Problem(file, "", f"the file is missing in {directory}"))
        except OSError as error:
            problems.append(Problem(file, "", f"the file can't be read ({error.strerror})"))
    strays = {path.name for path in directory.glob("*.y*ml")} - set(FILES.values())
    problems += [
        Problem(name, "", "no such file belongs in a content pack") for name in sorted(strays)
    ]
    if problems:
        raise ContentError.of(problems)
    return sources


def parse(sources: Mapping[str, bytes]) -> Pack:
    """The content pack written in these files. Raises ContentError with every problem found."""
    problems: list[Problem] = []
    parts: dict[str, Any] = {part: {} for part in FILES}
    for part, file in FILES.items():
        if file not in sources:
            continue
        try:
            parts[part] = _SHAPES[part].validate_python(_written(file, sources[file]))
        except ContentError as error:
            problems.extend(error.problems)
        except ValidationError as error:
            problems.extend(_explained(file, details) for details in error.errors())
    if problems:
        raise ContentError.of(problems)
    pack = Pack(**parts)
    if problems := [*_broken_references(pack), *_shared_keys(pack), *_unequal_pairs(pack)]:
        raise ContentError.of(problems)
    return pack


def _written(file: str, source: bytes) -> object:
    try:
        loader = _Yaml(source)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ContentError(file, "", f"not valid YAML, {line}{error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ContentError(file, "", f"not valid YAML, {error}") from error


def _explained(file: str, details: ErrorDetails) -> Problem:
    path = [str(step) for step in details["loc"]]
    context = details.get("ctx", {})
    kind = details["type"]
    if kind == "duplicate_key":
        path.append(context["key"])
    if kind == "missing" and path[-1] in _LANGUAGES:
        reason = _LANGUAGES[path[-1]]
    elif kind == "value_error":
        reason = str(context["error"])
    else:
        reason = _REASONS.get(kind, details["msg"]).format_map(context)
    return Problem(file, ".".join(path), reason)


def _broken_references(pack: Pack) -> Iterator[Problem]:
    """References from one file to a key of another that isn't there."""
    references = [
        *(("stops", key, stop.skip_for, "contexts") for key, stop in pack.stops.items()),
        *(("forms", key, form.contexts, "contexts") for key, form in pack.forms.items()),
        *(
            ("lever_groups", key, g.principles, "principles")
            for key, g in pack.lever_groups.items()
        ),
        *(("documents", key, one.contexts, "contexts") for key, one in pack.documents.items()),
        *(("documents", key, one.forms, "forms") for key, one in pack.documents.items()),
        *(
            ("starting_position", f"{key}.questions.{q.key}", q.contexts, "contexts")
            for key, part in pack.starting_position.items()
            for q in part.questions.values()
        ),
    ]
    for part, key, targets, elsewhere in references:
        for target in targets:
            if target not in getattr(pack, elsewhere):
                reason = f"refers to '{target}', which is not in {FILES[elsewhere]}"
                yield Problem(FILES[part], key, reason)


def _shared_keys(pack: Pack) -> Iterator[Problem]:
    """Keys that are looked up without their parent and so may stand only once in a file."""
    levers = [lever for group in pack.lever_groups.values() for lever in group.levers.values()]
    families: list[tuple[str, list[Mapping[str, object]]]] = [
        ("principles", [one.statements for one in pack.principles.values()]),
        ("lever_groups", [group.levers for group in pack.lever_groups.values()]),
        ("lever_groups", [lever.practices for lever in levers]),
        ("starting_position", [part.questions for part in pack.starting_position.values()]),
        ("reflection_themes", [theme.prompts for theme in pack.reflection_themes.values()]),
    ]
    for part, siblings in families:
        seen: set[str] = set()
        for key in (key for entries in siblings for key in entries):
            if key in seen:
                yield Problem(FILES[part], key, "this key stands here twice")
            seen.add(key)


def _unequal_pairs(pack: Pack) -> Iterator[Problem]:
    """Questions laid side by side that can't be compared: of another kind, or other options."""
    asked = {q.pair: q for part in pack.starting_position.values() for q in part.questions.values()}
    for key, counterpart in pack.counterparts.items():
        for question in counterpart.questions.values():
            if question.pair is None:
                continue
            path, other = f"{key}.questions.{question.key}", asked.get(question.pair)
            if other is None:
                reason = (
                    f"no question of {FILES['starting_position']} has the pair '{question.pair}'"
                )
                yield Problem(FILES["counterparts"], path, reason)
            elif (other.kind, set(other.options)) != (question.kind, set(question.options)):
                reason = f"has another kind or other options than '{other.key}', its pair"
                yield Problem(FILES["counterparts"], path, reason)
