"""What is asked of the planner: time taken, hours to reach, rules, and wishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]

DAY = 24 * 60
STEPS = (15, 30)
MOST_WEEKS = 60


class Activity(StrEnum):
    """What the planner places."""

    WORKPLACE = "workplace"
    STUDY = "study"


class Demand(StrEnum):
    """Everything that can be asked, by the name under which it is explained."""

    WORKPLACE_HOURS = "workplace_hours"
    STUDY_HOURS = "study_hours"
    TALKS = "talks"
    WEEK_MOST = "week_most"
    DAY_MOST = "day_most"
    REST = "rest"
    FREE_EVENING = "free_evening"
    FREE_DAY = "free_day"
    WORKPLACE_BLOCK = "workplace_block"
    STUDY_BLOCK = "study_block"
    WORKPLACE_WEEK_LEAST = "workplace_week_least"
    WORKPLACE_WEEK_MOST = "workplace_week_most"
    STUDY_WEEK_MOST = "study_week_most"
    PINS = "pins"
    COMMITMENT = "commitment"
    OPENING = "opening"


SOFTENABLE = frozenset(
    {Demand.WEEK_MOST, Demand.DAY_MOST, Demand.REST, Demand.FREE_EVENING, Demand.FREE_DAY}
)


class Mistake(ValueError):
    """What was asked cannot be read as a problem; the message says why."""


@dataclass(frozen=True)
class Commitment:
    """Time that is taken. Minutes count from midnight of `day`; `end` may lie past midnight.

    counts  takes strength: part of the hours of the week, and no free evening or day
    duty    is work: rest is kept before and after it
    name    whatever the asker wants back when this stands in the way
    """

    day: int
    start: int
    end: int
    counts: bool = True
    duty: bool = False
    name: str = ""


@dataclass(frozen=True, order=True)
class Block:
    """A stretch of one activity, in minutes from midnight of `day`."""

    day: int
    start: int
    end: int
    activity: Activity

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Goals:
    """What must be reached over all weeks. Minutes; talks are spread over equal parts of the weeks,
    one in each, on a day with `talk_minutes` at the workplace while the mentor is there."""

    workplace: int
    study: int = 0
    talks: int = 0
    talk_minutes: int = 60


@dataclass(frozen=True)
class Rules:
    """What a plan must keep to. Minutes. An entry a week may be None: no limit in that week.

    A rule in `soft` may be broken, at that many points: for each step above a most, for each week
    without a free evening or day, for each night that is too short.
    """

    week_most: tuple[int | None, ...] = ()
    day_most: int | None = None
    rest: int = 0
    free_evening: bool = False
    evening_from: int = 18 * 60
    free_day: bool = False
    workplace_block: tuple[int, int] = (120, 480)
    study_block: tuple[int, int] = (60, 180)
    study_between: tuple[int, int] = (7 * 60, 22 * 60 + 30)
    workplace_week_least: tuple[int, ...] = ()
    workplace_week_most: tuple[int | None, ...] = ()
    study_week_most: tuple[int | None, ...] = ()
    soft: Mapping[Demand, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Wishes:
    """What makes one plan better than another, in whole points.

    workplace_value  int32[days, steps]  points for each step at the workplace; None is 0
    study_value      int32[days, steps]  points for each step of study; None is 0
    block            taken off for each block: fewer, longer blocks
    trip             taken off for each day at the workplace: travel together
    uneven_workplace, uneven_study       taken off for each step away from an equal share a week
    evening, day     given for each free evening and each whole free day
    """

    workplace_value: Int32 | None = None
    study_value: Int32 | None = None
    block: int = 10
    trip: int = 0
    uneven_workplace: int = 1
    uneven_study: int = 1
    evening: int = 12
    day: int = 30


@dataclass(frozen=True, eq=False)
class Problem:
    """One student's weeks. Day 0 is a Monday.

    step         minutes a step lasts: 15 or 30
    weeks        how many weeks are planned
    opening      bool[days, steps]  when the workplace receives the student
    mentor       bool[days, steps]  when the mentor is there
    travel       minutes on the way to the workplace, and back again
    commitments  time already taken
    pins         blocks that must be in the plan, each by itself on its day and activity
    barred       stretches in which that activity must not be
    """

    step: int
    weeks: int
    opening: Bool
    mentor: Bool
    goals: Goals
    commitments: tuple[Commitment, ...] = ()
    rules: Rules = Rules()
    wishes: Wishes = Wishes()
    travel: int = 0
    pins: tuple[Block, ...] = ()
    barred: tuple[Block, ...] = ()

    @property
    def days(self) -> int:
        return 7 * self.weeks

    @property
    def steps(self) -> int:
        """How many steps a day has."""
        return DAY // self.step

    def part_of(self, week: int) -> int:
        """In which part of the weeks a conversation falls that is held in this week."""
        return week * self.goals.talks // self.weeks

    def validate(self) -> None:
        """Raises Mistake with the first thing that cannot be."""
        rules, shape = self.rules, (self.days, self.steps if self.step in STEPS else 0)
        values = (self.wishes.workplace_value, self.wishes.study_value)
        for right, words in (
            (self.step in STEPS, "A step lasts 15 or 30 minutes."),
            (1 <= self.weeks <= MOST_WEEKS, f"Between 1 and {MOST_WEEKS} weeks can be planned."),
            (self.opening.shape == shape, "The opening hours do not fit the days."),
            (self.mentor.shape == shape, "The mentor's hours do not fit the days."),
            (
                all(value is None or value.shape == shape for value in values),
                "The wishes do not fit the days.",
            ),
            (
                min(self.goals.workplace, self.goals.study, self.goals.talks, self.travel) >= 0,
                "Hours and numbers cannot be negative.",
            ),
            (self.goals.talks <= self.weeks, "At most one conversation a week can be planned."),
            (all(self._fits(one.day) for one in self.commitments), "A commitment has no day here."),
            (
                all(0 <= one.start < one.end <= one.start + DAY for one in self.commitments),
                "A commitment ends after it starts, within a day.",
            ),
            (
                all(0 < low <= high for low, high in (rules.workplace_block, rules.study_block)),
                "A block has a least and a most length.",
            ),
            (
                all(
                    len(weekly) in (0, self.weeks)
                    for weekly in (
                        rules.week_most,
                        rules.workplace_week_least,
                        rules.workplace_week_most,
                        rules.study_week_most,
                    )
                ),
                "A limit a week is needed for every week, or for none.",
            ),
            (SOFTENABLE.issuperset(rules.soft), "That rule cannot be soft."),
            (all(points >= 0 for points in rules.soft.values()), "Points cannot be negative."),
            (
                all(self._fits(one.day) and self._whole(one) for one in self.pins),
                "A pinned block lies on whole steps of a planned day.",
            ),
            (
                len({(one.day, one.activity) for one in self.pins}) == len(self.pins),
                "One pinned block of a kind a day.",
            ),
        ):
            if not right:
                raise Mistake(words)

    def _fits(self, day: int) -> bool:
        return 0 <= day < self.days

    def _whole(self, block: Block) -> bool:
        return (
            0 <= block.start < block.end <= DAY
            and block.start % self.step == 0
            and block.end % self.step == 0
        )
