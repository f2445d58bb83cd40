"""How fast and how good the matching engine is, beside others, up to a whole country.

Run with `make bench-matching`; QUICK=1 takes small sizes (under 45 seconds). Each large measurement
runs in a process of its own, so that its peak of memory is its own. Times are the best of a few
runs. Ends with one line of JSON.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.markets import attributes, country, lists_of
from tussenstop.matching.engine import deferred, exact, ties, welfare
from tussenstop.matching.engine.bound import most_possible
from tussenstop.matching.engine.candidates import Requirement, candidates
from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.market import Int32, Market
from tussenstop.matching.engine.solve import solve
from tussenstop.matching.engine.speed import COMPILED, without_numba

QUICK = bool(os.environ.get("QUICK"))
LISTS = ("start", "place", "wish", "grade", "capacity")
COUNTRY = 100_000 if QUICK else 1_000_000
PEERS = {"matching": 1_000 if QUICK else 3_000, "algmatch": 2_000 if QUICK else 10_000}


def best(action: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest time of a few runs in seconds, and what the last one gave."""
    shortest, result = float("inf"), None
    for _turn in range(times):
        before = time.perf_counter()
        result = action()
        shortest = min(shortest, time.perf_counter() - before)
    return shortest, result


def peak_mb() -> float:
    """The most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def matched(market: Market) -> Int32:
    """The result of strict lists, from the market to the place of each student."""
    lots = np.arange(market.students, dtype=np.int32)
    return deferred.accept(market, lots, promote=False).place_of(market)


def peer(name: str, students: int) -> dict[str, float]:
    """One package of others on the same strict lists, and the same result required."""
    from tests.matching.engine.oracles import by_algmatch, by_matching

    sys.setrecursionlimit(1_000_000)
    market = country(students, 15, seed=1)
    wishes, ranks, seats = lists_of(market)
    theirs = {"matching": by_matching, "algmatch": by_algmatch}[name]
    their_time, their_result = best(lambda: theirs(wishes, ranks, seats), times=1)
    matched(market)
    our_time, ours = best(lambda: matched(market), times=20)
    with without_numba():
        plain_time, plain = best(lambda: matched(market))
    if ours.tolist() != their_result or plain.tolist() != their_result:
        raise SystemExit(f"{name} comes to another result")
    return {"their_s": their_time, "our_s": our_time, "plain_s": plain_time}


def stored(folder: str) -> None:
    """Make the country and keep its lists, so that making it is not part of what is measured."""
    market = country(COUNTRY, 15, seed=2)
    for name in LISTS:
        np.save(Path(folder) / name, getattr(market, name))


def large(folder: str) -> dict[str, float]:
    """A country: time, memory, and what the judge finds."""
    market = Market(*(np.load(Path(folder) / f"{name}.npy") for name in LISTS))
    held = peak_mb()
    market.validate()
    read, _ = best(lambda: (market.place.sum(), market.grade.sum(), market.wish.max()))
    matched(market)
    took, place_of = best(lambda: matched(market))
    peak = peak_mb()
    checked, findings = best(lambda: check(market, place_of), times=2)
    whole, outcome = best(lambda: solve(market, seed=1, seconds=60), times=2)
    whole_peak = peak_mb()
    with without_numba():
        plain, slow = best(lambda: matched(market), times=2)
    if slow.tolist() != place_of.tolist():
        raise SystemExit("compiled and plain differ")
    return {
        "held_mb": held,
        "peak_mb": peak,
        "whole_mb": whole_peak,
        "read_s": read,
        "solve_s": took,
        "plain_s": plain,
        "whole_s": whole,
        "check_s": checked,
        "feasible": findings.feasible,
        "blocking_pairs": len(findings.blocking),
        "same": outcome.place_of.tolist() == place_of.tolist(),
        "placed": outcome.placed,
    }


def tied(students: int, wishes: int) -> dict[str, float]:
    """Five grades and no more: what promotion adds to a draw."""
    market = country(students, wishes, seed=3, grades=5)
    ties.match(market, 1)
    by_draw, _ = ties.match(market, 1, promote=False)
    took, (promoted, _) = best(lambda: ties.match(market, 1), times=3)
    blocking = [len(check(market, result).blocking) for result in (by_draw, promoted)]
    return {
        "by_draw": int((by_draw >= 0).sum()),
        "by_promotion": int((promoted >= 0).sum()),
        "most": most_possible(market, promoted),
        "blocking": sum(blocking),
        "s": took,
    }


def small() -> list[dict[str, Any]]:
    """Rounds of 300, exactly."""
    rows = []
    for seed in range(2 if QUICK else 6):
        market = country(300, 5, seed=seed, grades=5)
        by_draw, _ = ties.match(market, 1, promote=False)
        promoted, _ = ties.match(market, 1)
        took, found = best(
            lambda m=market, p=promoted: exact.solve_exactly(m, p, seed=1, seconds=60), times=1
        )
        counts = [int((result >= 0).sum()) for result in (by_draw, promoted, found.place_of)]
        rows.append(
            {
                "counts": counts,
                "proven": found.proven,
                "stable": check(market, found.place_of).stable,
                "s": took,
            }
        )
    return rows


def total() -> dict[str, float]:
    """The largest total satisfaction, and what stability costs of it."""
    market = country(COUNTRY, 15, seed=2)
    welfare.largest_total(country(1_000, 15, seed=2))
    took, largest = best(lambda: welfare.largest_total(market), times=2)
    stable = matched(market)
    worth = welfare.value_of(market, stable)
    pairs = len(check(market, largest.place_of).blocking)
    return {"s": took, "gap": largest.gap, "stable": worth / largest.bound, "blocking": pairs}


def found() -> dict[str, Any]:
    """Candidate lists for a country from attributes."""
    candidates(*attributes(1_000, 200, seed=4))
    seekers, offers = attributes(COUNTRY, COUNTRY // 5, seed=4)
    took, lists = best(lambda: candidates(seekers, offers), times=3)
    without = np.bincount(lists.binding, minlength=len(Requirement))
    names = {code.name.lower(): int(without[code]) for code in Requirement if code}
    with without_numba():
        plain_time = best(lambda: candidates(seekers, offers), times=1)[0] if QUICK else None
    return {
        "s": took,
        "plain_s": plain_time,
        "each": len(lists.place) / COUNTRY,
        "binding": names,
        "peak_mb": peak_mb(),
    }


PARTS: dict[str, Callable[..., Any]] = {
    "peer": peer,
    "stored": stored,
    "large": large,
    "tied": tied,
    "small": small,
    "total": total,
    "found": found,
}


def apart(part: str, *arguments: Any) -> Any:
    """A part's figures, measured in a process of its own."""
    command = [sys.executable, "-m", "bench.matching", part, json.dumps(arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def report() -> dict[str, Any]:
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()},")
    print(f"numpy {np.__version__}, numba {'yes' if COMPILED else 'no'}; one thread for a match\n")
    peers = {}
    for name, students in PEERS.items():
        figures = peers[name] = apart("peer", name, students)
        times, plain = (figures["their_s"] / figures[key] for key in ("our_s", "plain_s"))
        print(
            f"{name} at {students:,} students x 15, same result: {figures['their_s']:.2f} s, "
            f"ours {figures['our_s'] * 1000:.3f} ms ({times:,.0f} x), "
            f"without numba {figures['plain_s'] * 1000:.1f} ms ({plain:,.0f} x)"
        )
    with tempfile.TemporaryDirectory() as folder:
        apart("stored", folder)
        big = apart("large", folder)
    print(f"\n{COUNTRY:,} students x {COUNTRY // 5:,} places x 15 wishes, strict")
    print(f"  only reading the lists once       {big['read_s'] * 1000:8.1f} ms")
    print(f"  stable match                      {big['solve_s'] * 1000:8.1f} ms")
    print(f"  stable match without numba        {big['plain_s'] * 1000:8.1f} ms")
    print(f"  peak memory (market alone)        {big['peak_mb']:8.0f} MB ({big['held_mb']:.0f} MB)")
    print(f"  independent check                 {big['check_s'] * 1000:8.1f} ms")
    print(f"  blocking pairs                    {big['blocking_pairs']:8d}")
    print(
        f"  all of solve(), with what the draw decided and every figure: {big['whole_s']:.2f} s,"
        f" peak {big['whole_mb']:.0f} MB"
    )
    print("\nfive grades, ties everywhere")
    for wishes in (5, 15):
        row = apart("tied", COUNTRY, wishes)
        gain = (row["by_promotion"] - row["by_draw"]) / COUNTRY * 100
        print(
            f"  {COUNTRY:,} x {wishes:2}: draw {row['by_draw']:,}, promotion {row['by_promotion']:,}"
            f" (+{gain:.2f} points, {row['s'] * 1000:.0f} ms), at the very most {row['most']:,};"
            f" blocking pairs {row['blocking']}"
        )
    for row in apart("small"):
        drawn, promoted, exactly = row["counts"]
        print(
            f"  300 x 5, exact: draw {drawn}, promotion {promoted}, exact {exactly}"
            f" ({'proven' if row['proven'] else 'not proven'}, {row['s']:.2f} s,"
            f" {'stable' if row['stable'] else 'NOT STABLE'})"
        )
    cost = apart("total")
    print(
        f"\nlargest total satisfaction of {COUNTRY:,}: {cost['s']:.2f} s,"
        f" proven gap {cost['gap'] * 100:.3f} %; stable reaches {cost['stable'] * 100:.1f} % of it,"
        f" and the largest total has {cost['blocking']:,} blocking pairs"
    )
    lists = apart("found")
    print(
        f"candidates for {COUNTRY:,} among {COUNTRY // 5:,}: {lists['s']:.2f} s,"
        f" {lists['each']:.1f} each, peak {lists['peak_mb']:.0f} MB; nobody because of"
        f" {', '.join(f'{name} {number:,}' for name, number in lists['binding'].items())}"
    )
    first = peers["matching"]
    return {
        "students": COUNTRY,
        "places": COUNTRY // 5,
        "solve_s": round(big["solve_s"], 4),
        "read_s": round(big["read_s"], 4),
        "peak_mb": round(big["peak_mb"]),
        "blocking_pairs": big["blocking_pairs"],
        "candidates_s": round(lists["s"], 3),
        "peer": {
            "name": "matching",
            "students": PEERS["matching"],
            "times_faster": round(first["their_s"] / first["our_s"]),
        },
    }


def main(arguments: list[str]) -> int:
    if arguments:
        part, given = arguments
        print(json.dumps(PARTS[part](*json.loads(given)), default=float))
        return 0
    result = report()
    print("\nRESULT", json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
