"""Public ids: UUIDs that sort by the moment they were made."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A time-ordered random UUID, version 7 of RFC 9562 (section 5.7): 48 bits of Unix
    milliseconds, 74 random bits, and the version and variant marks."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=number)
