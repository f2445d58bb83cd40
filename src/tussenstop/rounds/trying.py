"""A rehearsal: decide the round as it stands, check it, and keep the result with its reasons."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from tussenstop.core import clock
from tussenstop.rounds.market import Asked, Entry, enter
from tussenstop.rounds.models import PlaceResult, Rehearsal, StudentResult
from tussenstop.rounds.rules import MOST_REHEARSALS, Help, Spare, Why

if TYPE_CHECKING:
    from tussenstop.matching.engine.market import Market
    from tussenstop.matching.engine.reasons import Reasons
    from tussenstop.matching.engine.solve import Outcome

SECONDS = 60  # for the exact search of a small round


class NotStable(Exception):
    """The independent check found a pair that would rather have each other: a mistake of ours."""


def try_out(rehearsal: Rehearsal) -> None:
    """Decide the round and write down what came of it. Raises NotStable."""
    from tussenstop.matching.engine.check import check  # noqa: PLC0415 - large, and only for jobs
    from tussenstop.matching.engine.reasons import reasons  # noqa: PLC0415
    from tussenstop.matching.engine.solve import solve  # noqa: PLC0415

    entry = enter(rehearsal.round)
    market = entry.market
    outcome = solve(market, seed=rehearsal.round.seed, seconds=SECONDS)
    if not check(market, outcome.place_of, outcome.closed_places).stable:
        raise NotStable
    why = reasons(market, outcome)
    figures = _figures(entry, outcome)
    with transaction.atomic():
        _write_students(rehearsal, entry, outcome, why)
        _write_places(rehearsal, entry, why)
        Rehearsal.objects.filter(pk=rehearsal.pk).update(
            finished_at=clock.now(), fingerprint=entry.fingerprint, figures=figures
        )
        _forget(rehearsal)


def _told(asked: list[Asked], reasons: list[int]) -> list[list[str]]:
    """Every wish with what became of it: the engine speaks of those that counted."""
    from tussenstop.matching.engine.reasons import Reason  # noqa: PLC0415

    spoken = iter(reasons)
    return [
        [
            str(one.place_id),
            one.hindered.value if one.hindered else Why(Reason(next(spoken)).name.lower()).value,
        ]
        for one in asked
    ]


def _help(asked: list[Asked], found: Help) -> Help:
    """The engine knows only the wishes that counted."""
    return Help.HINDERED if found == Help.WISHES and asked else found


def _write_students(rehearsal: Rehearsal, entry: Entry, outcome: "Outcome", why: "Reasons") -> None:
    from tussenstop.matching.engine.reasons import Help as Helped  # noqa: PLC0415

    parted = {n for group in outcome.released for n in entry.market.together[group]}
    place_of, start = outcome.place_of.tolist(), entry.market.start.tolist()
    rows = []
    for n, (student, asked) in enumerate(zip(entry.students, entry.asked, strict=True)):
        place = entry.places[place_of[n]] if place_of[n] >= 0 else None
        level = next((a.level for a in asked if place and a.place_id == place.place_id), 0)
        rows.append(
            StudentResult(
                rehearsal=rehearsal,
                student=student,
                place_id=place.place_id if place else None,
                rank=0 if n in entry.own else level,
                lottery=bool(outcome.lottery[n]),
                parted=n in parted,
                help=_help(asked, Help(Helped(int(why.helped[n])).name.lower())),
                wishes=_told(asked, why.wish[start[n] : start[n + 1]].tolist()),
            )
        )
    StudentResult.objects.bulk_create(rows, batch_size=500)


def _write_places(rehearsal: Rehearsal, entry: Entry, why: "Reasons") -> None:
    from tussenstop.matching.engine.reasons import Spare as Spared  # noqa: PLC0415

    PlaceResult.objects.bulk_create(
        (
            PlaceResult(
                rehearsal=rehearsal,
                place=place,
                seats=int(entry.market.capacity[n]),
                asked=int(why.asked[n]),
                seated=int(why.seated[n]),
                spare=Spare(Spared(int(why.spare[n])).name.lower()),
            )
            for n, place in enumerate(entry.places)
        ),
        batch_size=500,
    )


def _figures(entry: Entry, outcome: "Outcome") -> dict[str, Any]:
    """What a coordinator weighs: how many have what, how it could have been, what stability costs."""
    first = with_wishes = 0
    not_counted: dict[str, int] = {}
    for n, asked in enumerate(entry.asked):
        with_wishes += any(one.hindered is None for one in asked)
        place = int(outcome.place_of[n])
        if place >= 0 and n not in entry.own:
            mine = entry.places[place].place_id
            first += any(a.level == 1 for a in asked if a.place_id == mine)
        for one in asked:
            if one.hindered:
                not_counted[one.hindered.value] = not_counted.get(one.hindered.value, 0) + 1
    seats = int(entry.market.capacity.sum())
    return {
        "students": len(entry.students),
        "with_wishes": with_wishes,
        "own_employees": len(entry.own),
        "own_placed": sum(int(outcome.place_of[n]) >= 0 for n in entry.own),
        "places": len(entry.places),
        "seats": seats,
        "placed": outcome.placed,
        "first": first,
        "lottery": int(outcome.lottery.sum()),
        "method": outcome.method.value,
        "proven": outcome.proven,
        "notes": [note.value for note in outcome.notes],
        "closed": len(outcome.closed),
        "parted": len(outcome.released),
        "at_limit": len(outcome.at_limit),
        "by_draw": outcome.figures.by_draw if outcome.figures else outcome.placed,
        "most_possible": outcome.figures.most_possible if outcome.figures else outcome.placed,
        "not_counted": not_counted,
        **_cost(entry.market, outcome),
    }


def _cost(market: "Market", outcome: "Outcome") -> dict[str, Any]:
    """What stability costs beside the largest total: both totals, how sure that is, and how many
    pairs would then rather have each other."""
    from tussenstop.matching.engine.check import check  # noqa: PLC0415
    from tussenstop.matching.engine.welfare import largest_total, value_of  # noqa: PLC0415

    largest = largest_total(market)
    return {
        "total": value_of(market, outcome.place_of) if outcome.placed else 0,
        "largest_total": largest.total,
        "largest_gap": round(largest.gap, 6),
        "largest_placed": int((largest.place_of >= 0).sum()),
        "largest_unhappy_pairs": len(check(market, largest.place_of).blocking),
    }


def _forget(rehearsal: Rehearsal) -> None:
    """Results of rehearsals of long ago are of no use to anybody; their figures stay."""
    old = Rehearsal.objects.filter(
        round=rehearsal.round_id, number__lte=rehearsal.number - MOST_REHEARSALS
    )
    StudentResult.objects.filter(rehearsal__in=old).delete()
    PlaceResult.objects.filter(rehearsal__in=old).delete()
