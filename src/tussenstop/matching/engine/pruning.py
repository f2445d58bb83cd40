"""Wishes that no stable result can grant, found before the search for one.

Two rules, in turn until neither finds more (Irving and Manlove, 2009, for one-sided ties; the same
reasoning holds with ties on both sides):

- Who has one place alone at the top of the list gets it, or it is full of others at least as good.
  With as many of these as seats, nobody worse than the last of them gets in there.
- Who is among a place's best, counted with all equals, as many as it has seats, gets in there or
  somewhere at least as good. Their lower wishes are idle.

Places whose organisation has a limit are left alone: they may stay closed for other reasons.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wishes:
    """Edges as lists: whose, where, at what levels; seats by place, -1 for a place to leave alone."""

    student: list[int]
    place: list[int]
    wish: list[int]
    grade: list[int]
    seats: dict[int, int]


def idle(
    wishes: Wishes, of_student: dict[int, list[int]], of_place: dict[int, list[int]]
) -> set[int]:
    """The edges that are in no stable result."""
    gone: set[int] = set()
    by_wish = {s: sorted(mine, key=wishes.wish.__getitem__) for s, mine in of_student.items()}
    by_grade = {p: sorted(asked, key=wishes.grade.__getitem__) for p, asked in of_place.items()}
    before = -1
    while len(gone) > before:
        before = len(gone)
        sure = _alone_at_the_top(wishes, by_wish, gone)
        for place, asked in by_grade.items():
            seats = wishes.seats[place]
            if seats < 0:
                continue
            grades = sorted(wishes.grade[e] for e in sure.get(place, []))
            if len(grades) >= seats:
                last = grades[seats - 1]
                gone.update(e for e in asked if wishes.grade[e] > last)
            for e in _welcome(asked, seats, wishes.grade, gone):
                lower = wishes.wish[e]
                gone.update(f for f in of_student[wishes.student[e]] if wishes.wish[f] > lower)
    return gone


def _alone_at_the_top(
    wishes: Wishes, by_wish: dict[int, list[int]], gone: set[int]
) -> dict[int, list[int]]:
    """For each place the edges of students who want it before everything else."""
    sure: dict[int, list[int]] = {}
    for mine in by_wish.values():
        left = [e for e in mine if e not in gone]
        if left and (len(left) == 1 or wishes.wish[left[0]] < wishes.wish[left[1]]):
            sure.setdefault(wishes.place[left[0]], []).append(left[0])
    return sure


def _welcome(asked: list[int], seats: int, grade: list[int], gone: set[int]) -> list[int]:
    """The best who always get in: as many as fit, with nobody equal to the first left out."""
    left = [e for e in asked if e not in gone]
    if len(left) <= seats:
        return left
    return [e for e in left[:seats] if grade[e] < grade[left[seats]]]
