"""Two packages of others that match students strictly, as outside judges."""

import warnings
from collections.abc import Sequence

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # theirs
    from algmatch import HospitalResidentsProblem
    from matching.games import HospitalResident

Lists = Sequence[Sequence[int]]


def by_matching(wishes: Lists, ranks: Lists, seats: Sequence[int]) -> list[int]:
    """The student-optimal result of PyPI's `matching`; -1 for none."""
    mine, theirs = _without_empty(wishes, ranks, seats)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = HospitalResident.create_from_dictionaries(
            mine, theirs, {p: seats[p] for p in theirs}
        )
        solved = game.solve(optimal="resident")
    place_of = [-1] * len(wishes)
    for hospital, residents in solved.items():
        for resident in residents:
            place_of[resident.name] = hospital.name
    return place_of


def by_algmatch(wishes: Lists, ranks: Lists, seats: Sequence[int]) -> list[int]:
    """The student-optimal result of PyPI's `algmatch`; -1 for none."""
    mine, theirs = _without_empty(wishes, ranks, seats)
    problem = HospitalResidentsProblem(
        dictionary={
            "residents": {s + 1: [p + 1 for p in wish] for s, wish in mine.items()},
            "hospitals": {
                p + 1: {"capacity": seats[p], "preferences": [s + 1 for s in rank]}
                for p, rank in theirs.items()
            },
        },
        optimised_side="residents",
    )
    place_of = [-1] * len(wishes)
    for resident, hospital in problem.get_stable_matching()["resident_sided"].items():
        if hospital:
            place_of[int(resident[1:]) - 1] = int(hospital[1:]) - 1
    return place_of


def _without_empty(
    wishes: Lists, ranks: Lists, seats: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The lists that both packages can take: nobody without wishes, no place without seats."""
    mine = {s: [p for p in wish if seats[p]] for s, wish in enumerate(wishes)}
    theirs = {p: list(rank) for p, rank in enumerate(ranks) if rank and seats[p]}
    return {s: wish for s, wish in mine.items() if wish}, theirs
