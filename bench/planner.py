"""Measure the planner: proven semesters, three calendars, repair, conflicts, a whole cohort.

Prints figures with the machine and the sizes, and a last line `RESULT {...}`. QUICK=1: smaller.
"""

import json
import multiprocessing
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench import planner_rivals as rivals
from bench.planner_instances import HOUR, student
from tussenstop.matching.engine.speed import COMPILED
from tussenstop.planning.engine import VERSION
from tussenstop.planning.engine.alternatives import MOST_ALIKE, alike, three
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.cohort import Shared, crowded, plan_together
from tussenstop.planning.engine.conflict import Answer, explain
from tussenstop.planning.engine.master import Proof
from tussenstop.planning.engine.problem import Block, Commitment, Problem
from tussenstop.planning.engine.repair import repair
from tussenstop.planning.engine.solve import Outcome, best

QUICK = bool(os.environ.get("QUICK"))
STUDENTS = 6 if QUICK else 30
RIVALS = 2 if QUICK else 10
RIVAL_SECONDS = 6.0 if QUICK else 30.0
EDGE = 20 if QUICK else 1000
COHORT = (24, 8) if QUICK else (500, 150)
SEATS = 2

LEVELS = {
    "easy": {"job": 16, "workplace": 120, "study": 80},
    "usual": {"job": 24, "workplace": 170, "study": 100},
    "tight": {"job": 24, "workplace": 190, "study": 110, "week_most": 50, "exam_most": 44},
    "very tight": {"job": 28, "workplace": 200, "study": 120},
}
IMPOSSIBLE = (
    {"week_most": 42, "exam_most": 38},
    {"workplace": 300},
    {"job": 40},
    {"study": 260},
    {"week_most": 46, "study": 150},
)

violations = 0


def instance(number: int, step: int) -> Problem:
    """The public set: the levels in turn."""
    return student(number, step=step, **list(LEVELS.values())[number % len(LEVELS)])


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def p95(values: list[float]) -> float:
    return float(np.percentile(values, 95)) if values else 0.0


def count(problem: Problem, blocks: tuple[Block, ...], points: int | None = None) -> None:
    """Let the judge look at a plan."""
    global violations  # noqa: PLW0603
    verdict = judge(problem, blocks)
    violations += len(verdict.broken)
    if points is not None and verdict.points != points:
        violations += 1


def tell(name: str, values: list[float]) -> None:
    print(
        f"  {name:<34} n {len(values):>4}   median {statistics.median(values) * 1000:8.1f} ms"
        f"   p95 {p95(values) * 1000:8.1f} ms   most {max(values) * 1000:8.1f} ms"
    )


def semesters(step: int) -> tuple[list[tuple[Problem, Outcome]], list[float]]:
    print(f"\nA semester of 20 weeks, proven, steps of {step} minutes")
    found, seconds = [], []
    proofs: dict[str, int] = {}
    for number in range(STUDENTS):
        problem = instance(number, step)
        taken, outcome = timed(lambda problem=problem: best(problem))
        assert isinstance(outcome, Outcome)
        seconds.append(taken)
        proofs[outcome.proof] = proofs.get(outcome.proof, 0) + 1
        if outcome.found:
            count(problem, outcome.blocks, outcome.points)
            found.append((problem, outcome))
    tell("best plan, or proof there is none", seconds)
    print(f"  proofs: {proofs}")
    return found, seconds


def beside_rivals(found: list[tuple[Problem, Outcome]]) -> tuple[float, float]:
    """The same patterns in CP-SAT and HiGHS; intervals and greedy for what they are worth."""
    print(f"\nSide by side, steps of 30 minutes (at most {RIVAL_SECONDS:.0f} s each)")
    print("  student  points |  ours    HiGHS        CP-SAT       | intervals 8 s | greedy")
    faster: dict[str, list[float]] = {"highs": [], "cpsat": []}
    for number, (problem, outcome) in enumerate(found[:RIVALS]):
        ours = min(timed(lambda problem=problem: best(problem))[0] for _ in range(3))
        high = rivals.highs(problem, RIVAL_SECONDS)
        sat = rivals.cp_sat(problem, RIVAL_SECONDS)
        for rival in (high, sat):
            if rival.proven and rival.points != outcome.points:
                print(f"  DISAGREEMENT: {rival} against {outcome.points}")
                count_disagreement()
        faster["highs"].append(high.seconds / ours)
        faster["cpsat"].append(sat.seconds / ours)
        plain = rivals.intervals(problem, 2.0 if QUICK else 8.0)
        simple = rivals.greedy(problem)
        verdict = judge(problem, simple)
        print(
            f"  {number:>7}  {outcome.points:>6} | {ours * 1000:5.0f} ms"
            f" {high.seconds * 1000:6.0f} ms {'=' if high.proven else '?'}"
            f" {sat.seconds * 1000:8.0f} ms {'=' if sat.proven else '?'}"
            f" | {_share(plain.points, outcome.points):>13}"
            f" | {_share(verdict.points, outcome.points):>6}"
            f" ({len(verdict.broken)} rules broken)"
        )
    means = {name: statistics.geometric_mean(values) for name, values in faster.items()}
    print(
        f"  times faster (geometric mean; what ran out of time counts as that time):"
        f" HiGHS {means['highs']:.1f}, CP-SAT {means['cpsat']:.1f}"
    )
    return means["cpsat"], means["highs"]


def count_disagreement() -> None:
    global violations  # noqa: PLW0603
    violations += 1


def _share(points: int | None, of: int) -> str:
    return "no plan" if points is None else f"{100 * points / of:.1f} %"


def three_calendars(found: list[tuple[Problem, Outcome]]) -> list[float]:
    print("\nThree calendars")
    seconds, likeness = [], []
    for problem, _ in found:
        taken, every = timed(lambda problem=problem: three(problem))
        seconds.append(taken)
        assert isinstance(every, list)
        for one in every:
            count(problem, one.outcome.blocks)
        plans = [one.outcome.blocks for one in every]
        likeness += [alike(plans[a], plans[b]) for a in range(len(plans)) for b in range(a)]
    tell("three calendars", seconds)
    print(
        f"  alike on {100 * statistics.mean(likeness):.0f} % of their days at the workplace"
        f" (most {100 * max(likeness):.0f} %, wanted at most {100 * MOST_ALIKE:.0f} %)"
    )
    return seconds


def changes(problem: Problem, number: int) -> list[tuple[str, Problem]]:
    """A shift swapped in week 7, three days ill in week 9, the mentor's day gone in week 5."""
    dice = np.random.default_rng(number)
    shifts = [one for one in problem.commitments if one.name == "shift" and one.day // 7 == 7]
    taken = {one.day for one in shifts}
    others = [one for one in problem.commitments if one != shifts[0]]
    free = [day for day in range(49, 54) if day not in taken] or [54]
    swapped = replace(shifts[0], day=int(dice.choice(free)))
    ill = [Commitment(day, 0, 24 * HOUR, counts=False, name="ill") for day in range(63, 66)]
    closed = problem.opening.copy()
    closed[7 * 5 + int(dice.integers(5))] = False
    return [
        ("shift swapped", replace(problem, commitments=(*others, swapped))),
        ("ill", replace(problem, commitments=(*problem.commitments, *ill))),
        ("closed day", replace(problem, opening=closed)),
    ]


def repairs(found: list[tuple[Problem, Outcome]]) -> list[float]:
    print("\nRepair, fewest changed days")
    seconds: list[float] = []
    kinds: dict[str, list[int]] = {}
    proven = possible = 0
    for number, (problem, outcome) in enumerate(found):
        for name, changed in changes(problem, number):
            taken, mended = timed(lambda c=changed, o=outcome: repair(c, o.blocks))
            seconds.append(taken)
            if mended.outcome.found:
                possible += 1
                proven += mended.fewest
                kinds.setdefault(name, []).append(len(mended.changed))
                count(changed, mended.outcome.blocks)
    tell("repair", seconds)
    print(f"  {possible} of {len(seconds)} can be repaired, {proven} proven to change fewest days")
    for name, days in kinds.items():
        print(f"  {name}: {statistics.mean(days):.1f} days changed on average, most {max(days)}")
    return seconds


def conflicts() -> list[float]:
    print("\nWhy not: demands that contradict each other, and the smallest ways out")
    seconds, sizes, with_way = [], [], 0
    for change in IMPOSSIBLE:
        for number in range(STUDENTS // len(IMPOSSIBLE) + 1):
            problem = student(number, **change)
            taken, found = timed(lambda problem=problem: explain(problem))
            if found.answer == Answer.IMPOSSIBLE:
                seconds.append(taken)
                sizes.append(len(found.members))
                with_way += bool(found.ways)
    tell("conflict with ways out", seconds)
    print(f"  {statistics.mean(sizes):.1f} demands on average, {with_way} with a way out")
    return seconds


def at_the_edge() -> int:
    """Six weeks, hours within a few of what can be: every answer against HiGHS."""
    print(f"\nClose to the edge: {EDGE} students of six weeks, every answer held against HiGHS")
    wrong_no = wrong_yes = impossible = undecided = 0
    for number in range(EDGE):
        dice = np.random.default_rng(number)
        problem = student(
            number,
            weeks=6,
            job=int(dice.integers(20, 31)),
            workplace=int(dice.integers(60, 96)),
            study=int(dice.integers(30, 60)),
            talks=int(dice.integers(0, 4)),
            week_most=int(dice.integers(46, 56)),
        )
        answer = explain(problem).answer if number % 20 == 0 else _answer(best(problem))
        truth = rivals.highs(problem, RIVAL_SECONDS, wishes=False)
        impossible += answer == Answer.IMPOSSIBLE
        undecided += answer == Answer.UNDECIDED
        if truth.proven:
            wrong_no += answer == Answer.IMPOSSIBLE and truth.points is not None
            wrong_yes += answer == Answer.POSSIBLE and truth.points is None
    print(
        f"  {impossible} impossible, {undecided} undecided,"
        f" {wrong_no} falsely impossible, {wrong_yes} falsely possible"
    )
    if wrong_yes:
        count_disagreement()
    return wrong_no


def _answer(outcome: Outcome) -> Answer:
    if outcome.proof == Proof.IMPOSSIBLE:
        return Answer.IMPOSSIBLE
    return Answer.POSSIBLE if outcome.found else Answer.UNDECIDED


def _one_mentor(numbers: list[int]) -> tuple[int, int, int, int, int, int]:
    """Students, possible alone, placed, crowded steps, rules broken, points and points alone."""
    problems = [student(number, job=20, workplace=150, study=90) for number in numbers]
    problems = [
        replace(one, opening=problems[0].opening, mentor=problems[0].mentor) for one in problems
    ]
    shared = Shared(tuple(problems), np.full(problems[0].opening.shape, SEATS, np.int16))
    found = plan_together(shared)
    plans = [one.blocks for one in found.outcomes]
    broken = sum(
        len(judge(problem, one.blocks).broken)
        for problem, one in zip(problems, found.outcomes, strict=True)
        if one.found
    )
    return (
        sum(points != 0 for points in found.alone),
        sum(one.found for one in found.outcomes),
        crowded(shared, plans),
        broken,
        sum(one.points for one in found.outcomes if one.found),
        sum(points for points, one in zip(found.alone, found.outcomes, strict=True) if one.found),
    )


def cohort() -> float:
    global violations  # noqa: PLW0603
    students, mentors = COHORT
    print(f"\n{students} students share {mentors} mentors, at most {SEATS} at a time")
    groups = [list(range(mentor, students, mentors)) for mentor in range(mentors)]
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        every = pool.map(_one_mentor, groups, chunksize=4)
    seconds = time.perf_counter() - start
    alone, placed, full, broken, points, by_themselves = (
        sum(one) for one in zip(*every, strict=True)
    )
    violations += full + broken
    print(
        f"  {seconds:.1f} s in two processes (starting them included); {placed} of {alone} who"
        f" can be planned are; {full} moments too full;"
        f" {100 * points / max(by_themselves, 1):.1f} % of what each would have alone"
    )
    return seconds


def main() -> None:
    print(
        f"Planner, engine version {VERSION}; {platform.machine()}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, numpy {np.__version__},"
        f" {'compiled' if COMPILED else 'not compiled'}; {STUDENTS} students of 20 weeks"
    )
    best(student(999))  # compiled code is read from disk once
    explain(student(999, workplace=400, weeks=2))
    found, half_hours = semesters(30)
    _, quarters = semesters(15)
    cpsat, highs = beside_rivals(found)
    calendars = three_calendars(found)
    mended = repairs(found)
    explained = conflicts()
    false_impossible = at_the_edge()
    together = cohort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        "\nRESULT "
        + json.dumps(
            {
                "instances": 2 * STUDENTS,
                "proven_s_p95": round(p95(half_hours), 3),
                "proven_quarter_s_p95": round(p95(quarters), 3),
                "three_s_p95": round(p95(calendars), 3),
                "repair_s_p95": round(p95(mended), 3),
                "conflict_s_p95": round(p95(explained), 3),
                "cohort_s": round(together, 1),
                "peak_mb": round(max(peak, children) / 1024),
                "violations": violations,
                "times_faster_cpsat": round(cpsat, 1),
                "times_faster_highs": round(highs, 1),
                "false_impossible": false_impossible,
            }
        )
    )


if __name__ == "__main__":
    main()
