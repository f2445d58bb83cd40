"""How fast overviews by mail are composed and queued, and whether memory stays the same.

Run with `make bench-digests`; QUICK=1 takes a small size. Builds a partnership in an embedded
database, writes news to everybody in it, and then does what the worker does in the morning: claim,
compose (text and page, in the language of the receiver, with what waits) and queue a mail for each,
batch by batch. Making the data happens in a process of its own, so that the peak of memory is that
of the work. Ends with one line of JSON.
"""

import itertools
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from bench.pages import start

QUICK = bool(os.environ.get("QUICK"))
PEOPLE = 2_000 if QUICK else 50_000
ROUTES = 100 if QUICK else 1_000
NEWS = (
    ("agreements", "Iedereen ging akkoord: Startafspraak"),
    ("days", "Sara en de mentor spraken een agenda af"),
    ("conversations", "De datum staat vast: Tussentijds gesprek"),
    ("log", "Er staat iets nieuws in het logboek van Sara"),
)


def in_the_morning() -> datetime:
    """On a coming Tuesday, at an hour at which mail is welcome."""
    from django.utils import timezone

    now = timezone.localtime()
    day = now + timedelta(days=(1 - now.weekday()) % 7 + 7)
    return day.replace(hour=10, minute=0)


def make() -> None:
    """Everybody has news that is due, and a move on a route of a partnership beside them."""
    from django.core.management import call_command

    from bench import world
    from tussenstop.core import clock
    from tussenstop.messages.models import Notice
    from tussenstop.routes.models import Move, Route

    call_command("migrate", verbosity=0)
    now = clock.now()
    world.build(ROUTES, now)
    routes = list(Route.objects.values_list("pk", flat=True))
    for first in range(0, PEOPLE, world.CHUNK):
        numbers = range(first, min(first + world.CHUNK, PEOPLE))
        people = [world.person("lezer", number, now) for number in numbers]
        for number, person in zip(numbers, people, strict=True):
            person.language = "en" if number % 10 == 0 else "nl"
        world.save(people)
        world.save(
            Move(
                route_id=routes[number % len(routes)],
                code="answer_agreement",
                role="teacher",
                person=person,
                subject_id=person.pk,
                since=now - timedelta(days=1),
            )
            for number, person in zip(numbers, people, strict=True)
        )
        world.save(
            Notice(
                person=person,
                kind=kind,
                way="daily",
                at=now - timedelta(hours=number),
                subject=subject,
                text="Een brief van enkele regels. " * 12,
                url=f"/routes/{person.pk}/",
                due_at=now - timedelta(minutes=1),
            )
            for person in people
            for number, (kind, subject) in enumerate(NEWS)
        )


def own_mb() -> float:
    """The memory this process holds itself, in megabytes: without the pages of the database file
    that SQLite maps, which the system takes back when it needs them."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


def mapped_mb() -> float:
    """The most this process ever held, with those pages."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def work() -> None:
    """What the worker does in the morning; a tenth of the people is enough to see the memory."""
    from tussenstop.core.models import OutgoingMail
    from tussenstop.messages import digests
    from tussenstop.messages.models import Notice

    held, seen, compose = own_mb(), [], digests.composed

    def watched(*args: object) -> OutgoingMail:
        if next(turn) % 100 == 0:
            seen.append(own_mb())
        return compose(*args)  # type: ignore[arg-type]

    turn, moment = itertools.count(), in_the_morning()
    digests.composed = watched
    before, worked = time.perf_counter(), time.process_time()
    digests.write_what_is_due(moment)
    took, worked = time.perf_counter() - before, time.process_time() - worked
    mails = OutgoingMail.objects.count()
    left = Notice.objects.filter(taken_by=None).count()
    if mails != PEOPLE or left:
        raise SystemExit(f"{mails:,} mails of {PEOPLE:,}, {left:,} notices left behind")
    again = time.perf_counter()
    digests.write_what_is_due(moment)
    twice = OutgoingMail.objects.count() - mails
    one = OutgoingMail.objects.order_by("pk")[0]
    print(
        json.dumps(
            {
                "s": took,
                "cpu_s": worked,
                "again_s": time.perf_counter() - again,
                "twice": twice,
                "held_mb": held,
                "tenth_mb": max(seen[: max(len(seen) // 10, 1)]),
                "peak_mb": max(seen),
                "mapped_mb": mapped_mb(),
                "bytes": len(one.text) + len(one.html),
            }
        )
    )


def apart(part: str, folder: str) -> str:
    """One part in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.digests", part, folder],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def report() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
            f" SQLite {sqlite3.sqlite_version}"
        )
        apart("make", folder)
        size = (Path(folder) / "tussenstop.sqlite3").stat().st_size / 1024 / 1024
        print(f"{PEOPLE:,} people, {PEOPLE * len(NEWS):,} notices, {size:,.0f} MB of data")
        found = json.loads(apart("work", folder).splitlines()[-1])
    print(
        f"composed and queued in {found['s']:.1f} s: {PEOPLE / found['s']:,.0f} a second,"
        f" {found['bytes']:,} bytes each ({found['cpu_s']:.1f} s of one processor, with"
        f" {os.getloadavg()[0]:.1f} processes wanting one)\n"
        f"memory: {found['held_mb']:.0f} MB at the start, peak {found['tenth_mb']:.0f} MB after a"
        f" tenth, {found['peak_mb']:.0f} MB over all of it ({found['mapped_mb']:.0f} MB with the pages of the"
        " database that SQLite maps)\n"
        f"a second look finds {found['twice']} more, in {found['again_s'] * 1000:.0f} ms"
    )
    return {
        "digests": PEOPLE,
        "notices": PEOPLE * len(NEWS),
        "seconds": round(found["s"], 2),
        "cpu_s": round(found["cpu_s"], 2),
        "a_second": round(PEOPLE / found["s"]),
        "tenth_mb": round(found["tenth_mb"]),
        "peak_mb": round(found["peak_mb"]),
        "sent_twice": found["twice"],
        "cores": os.cpu_count(),
    }


def main(arguments: list[str]) -> int:
    if arguments:
        part, folder = arguments
        start(folder)
        {"make": make, "work": work}[part]()
        return 0
    print("\nRESULT", json.dumps(report()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
