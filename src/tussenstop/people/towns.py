"""Where towns lie, and how long it takes from one to the other: an estimate, and said to be one.

Positions come from towns.csv beside this file; nothing is asked of a service outside.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0  # kilometres


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a postal code; latitude and longitude in degrees."""

    code: str
    name: str
    latitude: float
    longitude: float
    people: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way of travelling: kilometres an hour from door to door, how much longer the road is than
    the crow flies, and minutes that are always lost. Our own round figures."""

    speed: float
    detour: float
    lost: float


WAYS = {
    "on_foot": Way(5, 1.25, 0),
    "bicycle": Way(16, 1.3, 2),
    "public_transport": Way(28, 1.3, 15),
    "car": Way(48, 1.35, 6),
}


@cache
def _towns() -> tuple[Town, ...]:
    text = files("tussenstop.people").joinpath("towns.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Town(
            row["code"],
            row["town"],
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["people"]),
        )
        for row in csv.DictReader(lines)
    )


def _plain(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name.casefold()).strip()


def _largest(towns: Iterable[Town]) -> dict[str, Town]:
    """The largest town of each postal code."""
    found: dict[str, Town] = {}
    for town in towns:
        if town.code not in found or town.people > found[town.code].people:
            found[town.code] = town
    return found


@cache
def _by_code() -> dict[str, Town]:
    return _largest(_towns())


@cache
def _by_name() -> dict[str, Town]:
    found: dict[str, Town] = {}
    for town in _towns():
        name = _plain(town.name)
        if name not in found or town.people > found[name].people:
            found[name] = town
    return found


def find(text: str) -> Town | None:
    """The town that somebody wrote as a postal code, a name, or both; None when we know of none.
    With both, the postal code counts."""
    for code in re.findall(r"\b\d{4}\b", text):
        if town := _by_code().get(code):
            return town
    return _by_name().get(_plain(re.sub(r"\d+", " ", text)))


def kilometres(one: Town, other: Town) -> float:
    """As the crow flies, over the sphere."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def minutes(km: float, way: str) -> int:
    """About how long it takes, in steps of five minutes."""
    how = WAYS[way]
    return max(5, 5 * round((km * how.detour / how.speed * 60 + how.lost) / 5))


def quickest(km: float, ways: Iterable[str]) -> tuple[str, int]:
    """The quickest of these ways, and its minutes; without any, by car."""
    known = [way for way in ways if way in WAYS] or ["car"]
    return min(((way, minutes(km, way)) for way in known), key=lambda found: found[1])


def codes_within(town: Town, *, km: float) -> list[str]:
    """The postal codes whose largest town lies this near."""
    return [code for code, other in _by_code().items() if kilometres(town, other) <= km]


def reach(minutes_: int, ways: Iterable[str]) -> float:
    """How many kilometres as the crow flies one can come in this many minutes."""
    known = [WAYS[way] for way in ways if way in WAYS] or [WAYS["car"]]
    return max(max(minutes_ - how.lost, 0) / 60 * how.speed / how.detour for how in known)


def landmarks(south: float, north: float, west: float, east: float, *, most: int) -> list[Town]:
    """The largest towns in a rectangle, to find one's way on a map."""
    inside = {
        town.name: town  # a city has several postal codes
        for town in _by_code().values()
        if south <= town.latitude <= north and west <= town.longitude <= east
    }
    return sorted(inside.values(), key=lambda town: -town.people)[:most]
