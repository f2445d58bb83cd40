"""Deferred acceptance without compiled code: whole rounds of proposals as sorts of arrays."""

import numpy as np

from tussenstop.matching.engine.market import Bool, Int32, Int64, Market


def propose_in_rounds(
    market: Market, lots: Int32, quota: Int32 | None, *, promote: bool
) -> tuple[Int64, Bool]:
    """The wish each student got (int64[n], -1 for none) and who was promoted (bool[n])."""
    state = _Round(market, lots, quota)
    asking = np.arange(market.students, dtype=np.int32)
    while len(asking):
        asking = state.still_asking(asking, promote=promote)
        asking = state.decide(asking)
    return state.at, state.promoted


class _Round:
    """Who asks where, and which keys sit on which seats (best first within a place)."""

    def __init__(self, market: Market, lots: Int32, quota: Int32 | None) -> None:
        self.market = market
        self.end = market.start[1:]
        self.at = market.start[:-1].copy()
        self.promoted = np.zeros(market.students, dtype=np.bool_)
        self.lots = lots
        self.student_of_lot = np.empty_like(lots)
        self.student_of_lot[lots] = np.arange(market.students, dtype=np.int32)
        self.lot_bits = max(market.students - 1, 1).bit_length()
        worst = int(market.grade.max()) if market.edges else 1
        self.key_bits = self.lot_bits + 1 + worst.bit_length()
        self.seats = np.zeros(int(market.seats_before[-1]), dtype=np.int64)
        self.filled = np.zeros(market.places, dtype=np.int64)
        self.capacity = market.capacity.astype(np.int64)
        self.limits: tuple[Int32, Int32] | None = None
        if quota is not None and market.organisation is not None:
            self.limits = market.organisation, quota

    def still_asking(self, asking: Int32, *, promote: bool) -> Int32:
        """Who has somewhere left to ask; whoever ran out for the first time starts again."""
        out = self.at[asking] == self.end[asking]
        ran_out = asking[out]
        left: Int32 = asking[~out]
        if promote:
            first_time = ~self.promoted[ran_out] & (self.market.start[ran_out] < self.end[ran_out])
            once_more = ran_out[first_time]
            self.promoted[once_more] = True
            self.at[once_more] = self.market.start[once_more]
            self.at[ran_out[~first_time]] = -1
            return np.concatenate([left, once_more])
        self.at[ran_out] = -1
        return left

    def decide(self, asking: Int32) -> Int32:
        """Let every place look at who asks; returns who is without a seat afterwards."""
        edge = self.at[asking]
        place = self.market.place[edge].astype(np.int64)
        key = self.market.grade[edge].astype(np.int64) << 1
        key |= ~self.promoted[asking]
        key = (key << self.lot_bits) | self.lots[asking]

        full = self.filled[place] == self.capacity[place]
        last = self.market.seats_before[place] + np.maximum(self.filled[place] - 1, 0)
        hopeless = full & (self.capacity[place] == 0)
        seated = full & ~hopeless
        hopeless[seated] = self.seats[last[seated]] < key[seated]
        let_go = [asking[hopeless]]
        if not hopeless.all():
            let_go.append(self._choose(place[~hopeless], key[~hopeless]))
        free: Int32 = np.concatenate(let_go)
        self.at[free] += 1
        return free

    def _choose(self, place: Int64, key: Int64) -> Int32:
        """Seat the best of the sitting and the asking; returns who got no seat."""
        touched = self._touched(place)
        sitting = self.filled[touched]
        seat = _ranges(self.market.seats_before[touched], sitting)
        everyone = np.concatenate([np.repeat(touched, sitting), place])
        keys = np.concatenate([self.seats[seat], key])
        everyone, keys = self._sorted(everyone, keys, self.market.places)
        stays = _position(everyone) < self.capacity[everyone]
        self._respect_quotas(everyone, keys, stays)
        out: Int32 = self.student_of_lot[keys[~stays] & ((1 << self.lot_bits) - 1)]
        everyone, keys = everyone[stays], keys[stays]
        self.filled[touched] = 0
        counted = np.bincount(everyone, minlength=self.market.places)
        self.filled[touched] = counted[touched]
        self.seats[self.market.seats_before[everyone] + _position(everyone)] = keys
        return out

    def _touched(self, place: Int64) -> Int64:
        """The places whose seats may change: with quotas, all places of their organisations."""
        touched = np.unique(place)
        if self.limits is None:
            return touched
        organisation, quota = self.limits
        theirs = np.zeros(len(quota), dtype=np.bool_)
        theirs[organisation[touched]] = True
        theirs &= quota >= 0
        return np.union1d(touched, np.flatnonzero(theirs[organisation]))

    def _respect_quotas(self, place: Int64, key: Int64, stays: Bool) -> None:
        """Of those with room at their place, keep the best of each organisation."""
        if self.limits is None:
            return
        organisation, quota = self.limits[0][place].astype(np.int64), self.limits[1]
        limited = np.flatnonzero(stays & (quota[organisation] >= 0))
        order = np.lexsort((key[limited], organisation[limited]))
        ranked = limited[order]
        over = _position(organisation[ranked]) >= quota[organisation[ranked]]
        stays[ranked[over]] = False

    def _sorted(self, group: Int64, key: Int64, groups: int) -> tuple[Int64, Int64]:
        """By group, then by key; in one number each where both fit."""
        if groups.bit_length() + self.key_bits <= 63:
            both = (group << self.key_bits) | key
            both.sort()
            return both >> self.key_bits, both & ((1 << self.key_bits) - 1)
        order = np.lexsort((key, group))
        return group[order], key[order]


def _ranges(first: Int64, length: Int64) -> Int64:
    """first[0] .. first[0]+length[0]-1, first[1] .. and so on, in one row."""
    ends = np.cumsum(length)
    if not len(ends) or not ends[-1]:
        return np.zeros(0, dtype=np.int64)
    shift: Int64 = np.repeat(first - (ends - length), length)
    return shift + np.arange(ends[-1], dtype=np.int64)


def _position(group: Int64) -> Int64:
    """How many of the same group come before, in a row sorted by group."""
    here = np.arange(len(group), dtype=np.int64)
    new = np.ones(len(group), dtype=np.bool_)
    new[1:] = group[1:] != group[:-1]
    first: Int64 = np.maximum.accumulate(np.where(new, here, 0))
    return here - first
