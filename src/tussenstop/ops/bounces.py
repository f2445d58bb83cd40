"""The mail that comes to the address for returned letters, as a mail server hands it over.

The answer is one that mail servers know (sysexits): 0 taken, 65 this is no report about a letter of
ours, 75 not now, try again later.
"""

import os
import sys
from typing import BinaryIO

from tussenstop.ops.startup import CannotGoOn, start_django

MOST_BYTES = 2_000_000  # the report stands before the letter it gives back


def take(source: BinaryIO, *, to: str) -> int:
    try:
        start_django()
    except CannotGoOn as error:
        return _later(error)
    from django.db import DatabaseError

    from tussenstop.core import clock, mail_returns
    from tussenstop.core.mail_returns import Outcome

    try:
        outcome = mail_returns.take(source.read(MOST_BYTES), to=to, now=clock.now())
    except DatabaseError as error:
        return _later(error)
    if outcome == Outcome.UNKNOWN:
        print("This is no report about a letter from here; nobody reads it.", file=sys.stderr)
        return os.EX_DATAERR
    return os.EX_OK


def _later(error: Exception) -> int:
    print(f"Not now: {error}", file=sys.stderr)
    return os.EX_TEMPFAIL
