"""The draw: one published number per student, used only where two are truly equal."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from tussenstop.matching.engine.market import Int32


def draw(students: int, seed: int, purpose: str = "lottery") -> Int32:
    """int32[students]: the lot of each student, 0 drawn first; a permutation.

    Made from the seed by SHA-256 and the mixing function of SplitMix64 (Steele, Lea and Flood,
    2014) instead of a library's generator, so that the same seed gives the same lots on every
    machine and in every version, and anybody can draw them again.
    """
    order = np.argsort(_mixed(students, seed, purpose))
    lots = np.empty(students, dtype=np.int32)
    lots[order] = np.arange(students, dtype=np.int32)
    return lots


def _mixed(count: int, seed: int, purpose: str) -> NDArray[np.uint64]:
    word = int.from_bytes(hashlib.sha256(f"{purpose}:{seed}".encode()).digest()[:8], "little")
    golden = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        mixed = np.arange(1, count + 1, dtype=np.uint64) * golden + np.uint64(word)
        mixed ^= mixed >> np.uint64(30)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
        mixed *= np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed
