"""How fast the pages are, and whether they stay so as the partnership grows.

Run with `make bench`; QUICK=1 takes small sizes. Prints queries, server time (p50, p95 over
repeated requests in one process, templates and middleware included) and bytes of each page at each
size, and ends with one line of JSON.
"""

import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

SIZES = (100, 1_000) if os.environ.get("QUICK") else (100, 10_000, 100_000)
REPEAT = 20 if os.environ.get("QUICK") else 60
FIRST_PAGE_LIMIT = 100_000


def start(folder: str) -> None:
    """Django on an embedded database of its own."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tussenstop.settings",
        TUSSENSTOP_DATA_DIR=folder,
        TUSSENSTOP_DATABASE_URL="",
        TUSSENSTOP_LOG_LEVEL="ERROR",
        TUSSENSTOP_ALLOWED_HOSTS="testserver,localhost",
    )
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("TUSSENSTOP_DEBUG", None)
    import django

    django.setup()


def measure(person: object, url: str) -> dict[str, float]:
    """One page as one person: queries, p50 and p95 in milliseconds, bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tussenstop.ops.wsgi import settle

    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    for _warm_up in range(3):
        response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url} answers {response.status_code}")
    settle()  # what building the data left behind
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)
    times = []
    for _turn in range(REPEAT):
        before = time.perf_counter()
        response = client.get(url)
        times.append((time.perf_counter() - before) * 1000)
    return {
        "queries": queries,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "bytes": len(response.content),
    }


def first_page_bytes() -> int:
    """Everything the browser fetches for the sign-in page, compressed as it is served."""
    import gzip
    import re

    from django.contrib.staticfiles import finders
    from django.test import Client
    from django.urls import reverse

    page = Client().get(reverse("account_login")).content
    total = len(gzip.compress(page))
    seen: set[str] = set()
    queue = re.findall(rb'(?:href|src)="/static/([^"?]+\.(?:css|js|svg|webmanifest|woff2))"', page)
    while queue:
        name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", queue.pop().decode())
        found = finders.find(name)
        if name in seen or not found:
            continue
        seen.add(name)
        content = Path(str(found)).read_bytes()
        total += len(content) if name.endswith("woff2") else len(gzip.compress(content))
        if name.endswith(".css"):
            parent = Path(name).parent
            queue += [
                os.path.normpath(parent / url.decode()).encode()
                for url in re.findall(rb'url\(["\']?([^"\')]+\.woff2)', content)
            ]
        if name.endswith(".js"):
            queue += [
                os.path.normpath(Path(name).parent / url.decode()).encode()
                for url in re.findall(rb'(?:from|import)\s*["\'](\.[^"\']+)', content)
            ]
    return total


def run(size: int) -> dict[str, dict[str, float]]:
    from django.core.management import call_command
    from django.db import connection
    from django.urls import reverse

    from bench import check_ins, offers, talking
    from bench.world import build
    from tussenstop.core import clock

    call_command("flush", interactive=False, verbosity=0)
    before = time.perf_counter()
    ids = build(size, clock.now())
    talking.build(clock.now())
    desk = check_ins.build(clock.now())
    some = offers.build(size, clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stderr.write(
        f"  built in {time.perf_counter() - before:.0f} s, {desk.check_ins:,} check-ins\n"
    )
    today, route = reverse("today"), reverse("route", args=[ids.route])
    pages = {
        "today student": (ids.student, today),
        "today mentor": (ids.mentor, today),
        "today teacher": (ids.teacher, today),
        "today organisation coordinator": (ids.organisation_coordinator, today),
        "today programme coordinator": (ids.programme_coordinator, today),
        "routes list teacher": (ids.teacher, reverse("route_list")),
        "routes list programme coordinator": (ids.programme_coordinator, reverse("route_list")),
        "route": (ids.student, route),
        "stop": (ids.student, reverse("stop", args=[ids.stop])),
        "agreement": (ids.student, reverse("agreement", args=[ids.agreement])),
        "today seeking student": (some.seeker, today),
        "places": (some.seeker, reverse("places")),
        "places filtered": (some.seeker, reverse("places") + "?travel=60&day=2&culture=caring"),
        "places on the map": (some.seeker, reverse("places") + "?map=1"),
        "place": (some.seeker, reverse("place", args=[some.place])),
        "favourites": (some.seeker, reverse("favourites", args=[some.route])),
        "round of a student": (some.seeker, reverse("own_round", args=[some.route, some.round])),
        "round of an organisation": (
            some.offering,
            reverse("organisation_round", args=[some.organisation, some.round]),
        ),
        "who is interested": (some.offering, reverse("place_interest", args=[some.place])),
        "round": (ids.programme_coordinator, reverse("round", args=[some.round])),
        "round students": (ids.programme_coordinator, reverse("round_students", args=[some.round])),
        "round places": (ids.programme_coordinator, reverse("round_places", args=[some.round])),
        "today coach": (desk.coach, today),
        "coach's desk": (desk.coach, reverse("coach_desk")),
        "coach's desk, page 10": (desk.coach, reverse("coach_desk") + "?page=10"),
        "who shares, to the coach": (desk.coach, reverse("coach_person", args=[desk.person])),
        "own wellbeing": (ids.student, reverse("wellbeing")),
        "every time that was told": (ids.student, reverse("wellbeing_times")),
        "whom to turn to": (ids.student, reverse("wellbeing_ask")),
        "groups": (ids.programme_coordinator, reverse("wellbeing_groups", args=[desk.institution])),
        "conversations": (ids.student, reverse("conversations", args=[ids.route])),
        "feedback": (ids.student, reverse("feedback", args=[ids.route])),
        "journal": (ids.student, reverse("journal")),
        "log of the route": (ids.student, reverse("route_log", args=[ids.route])),
        "notices": (ids.student, reverse("notices")),
    }
    return {name: measure(person, url) for name, (person, url) in pages.items()}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()},")
        print(f"SQLite {sqlite3.sqlite_version}; {REPEAT} requests a page, in one process\n")
        found: dict[int, dict[str, dict[str, float]]] = {}
        for size in SIZES:
            found[size] = run(size)
            print(f"{size:,} routes")
            for name, figures in found[size].items():
                print(
                    f"  {name:36} {figures['queries']:3.0f} queries   p50 {figures['p50_ms']:6.1f} ms"
                    f"   p95 {figures['p95_ms']:6.1f} ms   {figures['bytes'] / 1000:6.1f} kB"
                )
        first, last = found[SIZES[0]], found[SIZES[-1]]
        growth = max(last[name]["p95_ms"] / first[name]["p95_ms"] for name in last)
        more_queries = [n for n in last if last[n]["queries"] > first[n]["queries"]]
        weight = first_page_bytes()
        print(f"\nfirst page, uncached, all told: {weight / 1000:.1f} kB")
        print(f"pages whose queries grow with the data: {', '.join(more_queries) or 'none'}")
        print(f"largest growth of p95 from {SIZES[0]:,} to {SIZES[-1]:,} routes: {growth:.2f} x\n")
        result = {
            "routes": SIZES[-1],
            "pages": last,
            "worst_growth": round(growth, 2),
            "first_page_bytes": weight,
        }
        print("RESULT", json.dumps(result))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
