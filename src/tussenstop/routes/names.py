"""What a stop is called: by the content pack when it is built in, else by its own words."""

from typing import Protocol

from tussenstop.content import pack


class Named(Protocol):
    kind: str
    own_name: str
    own_purpose: str


def name_of(stop: Named) -> str:
    return stop.own_name or str(pack().stops[stop.kind].name)


def short_name_of(stop: Named) -> str:
    return stop.own_name[:16] or str(pack().stops[stop.kind].short_name)


def purpose_of(stop: Named) -> str:
    return stop.own_purpose or (str(pack().stops[stop.kind].purpose) if stop.kind else "")


class Listed(Protocol):
    key: str
    text: str


def agenda_text(stop: Named, point: Listed) -> str:
    """An agenda point in words; a built-in one that the pack no longer has keeps its key."""
    if point.text or not stop.kind:
        return point.text
    line = pack().stops[stop.kind].agenda.get(point.key)
    return str(line.text) if line else point.key


def checklist_text(stop: Named, item: Listed) -> str:
    if item.text or not stop.kind:
        return item.text
    line = pack().stops[stop.kind].checklist.get(item.key)
    return str(line.text) if line else item.key


def kept_name(stop: Named) -> str | dict[str, str]:
    """A stop's name as the story keeps it: what is built in is kept as its key, so that everybody
    reads it in their own language."""
    return stop.own_name or {"stop": stop.kind}


def kept_line(stop: Named, point: Listed, part: str) -> str | dict[str, str]:
    """The same for a line of a stop's `part`: its agenda or its checklist."""
    return point.text or {"stop": stop.kind, "part": part, "line": point.key}


def in_words(kept: str | dict[str, str]) -> str:
    """What the story kept, in words."""
    if isinstance(kept, str):
        return kept
    kind = pack().stops.get(kept["stop"])
    if kind is None:
        return kept.get("line", kept["stop"])
    if "part" not in kept:
        return str(kind.name)
    line = (kind.agenda if kept["part"] == "agenda" else kind.checklist).get(kept["line"])
    return str(line.text) if line else kept["line"]
