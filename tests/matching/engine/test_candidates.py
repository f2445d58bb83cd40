"""Candidates from attributes: held against comparing everybody with everything."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tussenstop.matching.engine.candidates import (
    CandidateError,
    Candidates,
    Offers,
    Requirement,
    Seekers,
    Weights,
    candidates,
)
from tussenstop.matching.engine.market import Int32
from tussenstop.matching.engine.speed import COMPILED, without_numba

SEEKER = {
    "programme": 0, "x": 0, "y": 0, "town": 0, "reach": 10_000, "days": 0b11, "days_needed": 1,
    "periods": 1, "languages": 1, "competences": 0b11, "culture": -1,
}  # fmt: skip
OFFER = {
    "place": 0, "programme": 0, "x": 0, "y": 0, "town": 0, "days": 0b11, "periods": 1,
    "languages": 1, "competences": 0, "culture": 0, "capacity": 1,
}  # fmt: skip
WIDE = {"languages", "competences"}


def table(of: dict[str, int], rows: list[dict[str, int]]) -> dict[str, Any]:
    return {
        name: np.array(
            [{**of, **row}[name] for row in rows], np.int64 if name in WIDE else np.int32
        )
        for name in of
    }


def look(
    seeker: dict[str, int], *offers: dict[str, int], minutes: Int32 | None = None
) -> Candidates:
    rows = [{"place": number, **offer} for number, offer in enumerate(offers)]
    return candidates(
        Seekers(**table(SEEKER, [seeker])), Offers(**table(OFFER, rows)), minutes=minutes
    )


def test_the_nearest_most_instructive_and_likeminded_comes_first() -> None:
    found = look(
        {"culture": 2},
        {"x": 9_000},
        {"x": 9_000, "competences": 0b01},
        {"x": 9_000, "culture": 2},
        {"x": 10_001},
        {},
    )
    assert found.place.tolist() == [4, 2, 1, 0]
    assert found.points.tolist() == [100, 69, 39, 19]
    assert found.binding.tolist() == [Requirement.NONE]


@pytest.mark.parametrize(
    ("seeker", "offer", "binding"),
    [
        ({"programme": 1}, {}, Requirement.PROGRAMME),
        ({}, {"x": 10_001}, Requirement.DISTANCE),
        ({"days_needed": 3}, {}, Requirement.DAYS),
        ({}, {"languages": 0b11}, Requirement.LANGUAGE),
        ({}, {"periods": 2}, Requirement.PERIOD),
        ({}, {"capacity": 0}, Requirement.CAPACITY),
    ],
)
def test_who_finds_nothing_is_told_what_was_binding(
    seeker: dict[str, int], offer: dict[str, int], binding: Requirement
) -> None:
    assert look(seeker, offer).binding.tolist() == [binding]
    with without_numba():
        assert look(seeker, offer).binding.tolist() == [binding]


def test_the_requirement_whose_loss_brings_most_is_binding() -> None:
    found = look({}, {"languages": 2}, {"periods": 2}, {"periods": 2}, {"x": 99_999, "days": 0})
    assert found.binding.tolist() == [Requirement.PERIOD]


def test_when_no_single_one_would_do_it_is_where_the_last_place_is_lost() -> None:
    found = look({}, {"x": 99_999, "days": 0}, {"days": 0, "languages": 2})
    assert found.binding.tolist() == [Requirement.DAYS]


def test_minutes_from_town_to_town_need_not_be_the_same_both_ways() -> None:
    minutes = np.array([[0, 30], [50, 0]], dtype=np.int32)
    there = look({"reach": 40}, {"town": 1}, minutes=minutes)
    back = look({"reach": 40, "town": 1}, {"town": 0}, minutes=minutes)
    assert there.place.tolist() == [0]
    assert back.binding.tolist() == [Requirement.DISTANCE]


def test_nobody_and_nothing_are_normal() -> None:
    nobody = Seekers(**table(SEEKER, []))
    nothing = Offers(**table(OFFER, []))
    somebody = Seekers(**table(SEEKER, [{}]))
    assert candidates(nobody, nothing).start.tolist() == [0]
    assert candidates(somebody, nothing).binding.tolist() == [Requirement.PROGRAMME]


def test_an_impossible_reach_or_town_gets_a_sentence() -> None:
    with pytest.raises(CandidateError, match="Student 0 has a reach below 0"):
        look({"reach": -1}, {})
    with pytest.raises(CandidateError, match="not in the table of minutes"):
        look({"town": 3}, {}, minutes=np.zeros((1, 1), dtype=np.int32))
    seekers = Seekers(**table(SEEKER, [{}]))
    offers = replace(Offers(**table(OFFER, [{}])), capacity=np.zeros(0, dtype=np.int32))
    with pytest.raises(CandidateError, match="not equally long"):
        candidates(seekers, offers)


def some_world(seed: int) -> tuple[Seekers, Offers, Int32]:
    dice = np.random.default_rng(seed)

    def column(most: int, rows: int, least: int = 0) -> Any:
        return dice.integers(least, most, rows).astype(np.int32)

    n, m, towns = 60, 80, 7
    seekers = Seekers(
        programme=column(4, n), x=column(40_000, n), y=column(30_000, n), town=column(towns, n),
        reach=column(20_000, n), days=column(128, n), days_needed=column(5, n),
        periods=column(8, n), languages=dice.integers(0, 8, n),
        competences=dice.integers(0, 2**40, n), culture=column(3, n, least=-1),
    )  # fmt: skip
    offers = Offers(
        place=dice.permutation(m).astype(np.int32), programme=column(3, m), x=column(40_000, m),
        y=column(30_000, m), town=column(towns, m), days=column(128, m), periods=column(8, m),
        languages=dice.integers(0, 3, m), competences=dice.integers(0, 2**40, m),
        culture=column(3, m), capacity=column(3, m),
    )  # fmt: skip
    return seekers, offers, column(60, towns * towns).reshape(towns, towns)


def one_by_one(
    seekers: Seekers, offers: Offers, minutes: Int32 | None, most: int
) -> list[tuple[list[tuple[int, int]], int]]:
    """Everybody with everything, by the words of the definition."""
    answers = []
    for s in range(len(seekers.programme)):
        me = {name: int(column[s]) for name, column in vars(seekers).items()}
        listed, alone, lost = [], [0] * 5, -1
        for o in range(len(offers.programme)):
            it = {name: int(column[o]) for name, column in vars(offers).items()}
            if it["programme"] != me["programme"]:
                continue
            away = (it["x"] - me["x"]) ** 2 + (it["y"] - me["y"]) ** 2
            within = me["reach"] ** 2
            if minutes is not None:
                away, within = int(minutes[me["town"], it["town"]]), me["reach"]
            holds = [
                away <= within,
                (it["days"] & me["days"]).bit_count() >= me["days_needed"],
                not it["languages"] & ~me["languages"],
                bool(it["periods"] & me["periods"]),
                it["capacity"] > 0,
            ]
            if all(holds):
                points = 100 - 100 * away // max(within, 1)
                points += 20 * (it["competences"] & me["competences"]).bit_count()
                points += 50 * (me["culture"] == it["culture"])
                listed.append((-points, it["place"]))
                continue
            lost = max(lost, holds.index(False))
            if holds.count(False) == 1:
                alone[holds.index(False)] += 1
        best = sorted(listed)[:most]
        worst = 0 if best else 1 if lost < 0 else 2 + (
            alone.index(max(alone)) if any(alone) else lost
        )  # fmt: skip
        answers.append(([(place, -points) for points, place in best], worst))
    return answers


@pytest.mark.parametrize("compiled", [True, False] if COMPILED else [False])
@pytest.mark.parametrize("by_town", [False, True])
def test_it_finds_what_comparing_all_with_all_finds(compiled: bool, by_town: bool) -> None:
    for seed in range(8):
        seekers, offers, minutes = some_world(seed)
        if by_town:
            seekers = replace(seekers, reach=(seekers.reach // 500).astype(np.int32))
        table = minutes if by_town else None
        if compiled:
            found = candidates(seekers, offers, minutes=table, most=5)
        else:
            with without_numba():
                found = candidates(seekers, offers, minutes=table, most=5)
        listed = list(zip(found.place.tolist(), found.points.tolist(), strict=True))
        for s, (mine, binding) in enumerate(one_by_one(seekers, offers, table, 5)):
            assert listed[found.start[s] : found.start[s + 1]] == mine
            assert found.binding[s] == binding


def test_points_can_be_weighed_otherwise() -> None:
    seekers, offers = Seekers(**table(SEEKER, [{}])), Offers(**table(OFFER, [{"competences": 3}]))
    found = candidates(seekers, offers, weights=Weights(near=0, competence=7, culture=0))
    assert found.points.tolist() == [14]
