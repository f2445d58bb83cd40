"""One search: make the problem, let the planner work, keep what it found as it comes."""

import time
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tussenstop.core import clock
from tussenstop.planning.asking import Asked, build, minutes, read_block, write_block
from tussenstop.planning.days import holding
from tussenstop.planning.instead import ways_instead
from tussenstop.planning.models import Option, PlannedBlock, Search, Terms
from tussenstop.planning.queries import current_placement
from tussenstop.planning.rules import AHEAD_DAYS, HURTS, SECONDS, Answer, Flavour, Instead, Purpose
from tussenstop.planning.warning import warned

if TYPE_CHECKING:
    from tussenstop.planning.engine.alternatives import Alternative
    from tussenstop.planning.engine.conflict import Conflict, Member


class NotKept(Exception):
    """The independent check found a rule broken in a calendar: a mistake of ours."""


def look_for(search: Search) -> None:
    """Raises NotKept when a calendar does not pass the check."""
    from tussenstop.planning.engine import VERSION  # noqa: PLC0415 - large, and only for jobs

    now = search.asked_at
    today = timezone.localdate(now)
    terms = Terms.objects.get(route=search.route)
    placement = current_placement(search.route_id, today)
    if placement is None:
        Search.objects.filter(pk=search.pk).update(finished_at=clock.now(), failed=True)
        return
    since = today + timedelta(days=AHEAD_DAYS)
    held = list(holding().filter(plan__route=search.route_id))
    kept = [block for block in held if block.day < since]
    asked = build(terms, placement, now=now, since=since, pins=search.pins, kept=kept)
    Search.objects.filter(pk=search.pk).update(
        engine_version=VERSION, reckoned={"assumed": asked.assumed, "rules": asked.rules}
    )
    until = time.monotonic() + SECONDS
    if search.purpose == Purpose.REPAIR:
        answer, conflict = _repair(search, asked, [one for one in held if one.day >= since], until)
    else:
        answer, conflict = _three(search, asked, until)
    begins = _worth_telling(search, answer, max(since, terms.from_on))
    instead = ways_instead(terms, placement, begins=begins, now=now, held=held, until=until)
    Search.objects.filter(pk=search.pk, finished_at=None).update(
        finished_at=clock.now(), answer=answer, conflict=conflict, instead=instead
    )


def _worth_telling(search: Search, answer: Answer, since: date) -> dict[Instead, date]:
    """A longer period when it can't be; a pause too when days were agreed on and much of that
    would have to change: from the first day that would."""
    changed = [date.fromisoformat(day) for one in search.options.all() for day in one.changed]
    if answer != Answer.IMPOSSIBLE and (search.purpose == Purpose.NEW or len(changed) < HURTS):
        return {}
    if answer == Answer.UNDECIDED or _cancelled(search):
        return {}
    if search.purpose == Purpose.NEW:
        return {Instead.LONGER: since}
    return {Instead.LONGER: since, Instead.PAUSE: min(changed, default=since)}


def _cancelled(search: Search) -> bool:
    return Search.objects.filter(pk=search.pk).exclude(cancelled_at=None).exists()


def _three(search: Search, asked: Asked, until: float) -> tuple[Answer, dict[str, Any]]:
    from tussenstop.planning.engine.alternatives import one_by_one  # noqa: PLC0415
    from tussenstop.planning.engine.master import Proof  # noqa: PLC0415

    for number, one in enumerate(one_by_one(asked.problem, seconds=until - time.monotonic())):
        if not one.outcome.found:
            if one.outcome.proof == Proof.UNDECIDED:
                return Answer.UNDECIDED, {}
            return _explained(asked, until)
        _keep(search, asked, one, number)
        if _cancelled(search):
            break
    return Answer.FOUND, {}


def _explained(asked: Asked, until: float) -> tuple[Answer, dict[str, Any]]:
    from tussenstop.planning.engine.conflict import explain  # noqa: PLC0415

    found = explain(asked.problem, seconds=max(until - time.monotonic(), 1))
    if not found.members:
        return Answer.UNDECIDED, {}
    return Answer.IMPOSSIBLE, written(found, asked.monday)


def _repair(
    search: Search, asked: Asked, held: list[PlannedBlock], until: float
) -> tuple[Answer, dict[str, Any]]:
    from tussenstop.planning.engine.alternatives import Alternative  # noqa: PLC0415
    from tussenstop.planning.engine.alternatives import Flavour as Kind  # noqa: PLC0415
    from tussenstop.planning.engine.figures import figures  # noqa: PLC0415
    from tussenstop.planning.engine.master import Proof  # noqa: PLC0415
    from tussenstop.planning.engine.repair import repair  # noqa: PLC0415

    agreed = tuple(
        read_block(
            [
                one.day.isoformat(),
                minutes(one.starts_at),
                minutes(one.starts_at) + one.minutes,
                one.activity,
            ],
            asked.monday,
        )
        for one in held
    )
    mended = repair(asked.problem, agreed, seconds=until - time.monotonic())
    if not mended.outcome.found:
        if mended.outcome.proof == Proof.UNDECIDED:
            return Answer.UNDECIDED, {}
        return _explained(asked, until)
    days = [(asked.monday + timedelta(days=day)).isoformat() for day in mended.changed]
    one = Alternative(Kind.EVEN, mended.outcome, figures(asked.problem, mended.outcome.blocks))
    _keep(search, asked, one, 0, flavour=Flavour.REPAIR, changed=days, fewest=mended.fewest)
    return Answer.FOUND, {}


def _keep(
    search: Search,
    asked: Asked,
    one: "Alternative",
    position: int,
    *,
    flavour: Flavour | None = None,
    changed: list[str] | None = None,
    fewest: bool = True,
) -> None:
    from tussenstop.planning.engine.check import judge  # noqa: PLC0415

    verdict = judge(asked.problem, one.outcome.blocks)
    if verdict.broken:
        raise NotKept(f"search {search.pk}: {verdict.broken[:3]}")
    Option.objects.create(
        search=search,
        flavour=flavour or Flavour(one.flavour.value),
        proof=one.outcome.proof.value if fewest else "within",
        points=one.outcome.points,
        bound=one.outcome.bound,
        figures={
            **asdict(one.figures),
            "weeks": asked.problem.weeks,
            "heaviest_monday": _monday(asked, one.figures.heaviest[0]),
            "bent": len(verdict.bent),
            "warned": warned(asked, one.outcome.blocks, search.route.institution),
        },
        blocks=[write_block(block, asked.monday) for block in one.outcome.blocks],
        changed=changed or [],
        position=position,
    )


def _monday(asked: Asked, week: int) -> str:
    return (asked.monday + timedelta(weeks=week)).isoformat()


def written(conflict: "Conflict", monday: date) -> dict[str, Any]:
    """A conflict as it is kept: codes, days and minutes, to be put in words when it is read."""
    first = monday + timedelta(weeks=conflict.week or 0)

    def one(member: "Member") -> dict[str, Any]:
        found: dict[str, Any] = {"demand": member.demand.value, "name": member.name}
        if member.commitment:
            found["day"] = (first + timedelta(days=member.commitment.day)).isoformat()
            found["start"], found["end"] = member.commitment.start, member.commitment.end
        return found

    return {
        "members": [one(member) for member in conflict.members],
        "ways": [{**one(way.member), "amount": way.amount} for way in conflict.ways],
        "week": first.isoformat() if conflict.week is not None else "",
        "alone": conflict.alone,
        "shortest": conflict.shortest,
    }
