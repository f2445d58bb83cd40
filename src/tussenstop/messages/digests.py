"""Letters that come together: one mail with what happened and what waits.

Every few minutes whoever has something due gets their mail, so many people at a time. A batch is
claimed, written and queued in one transaction: two workers share the people between them, and after
a crash the next one goes on where this one was. Memory holds one batch.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.core import mail
from tussenstop.core.ids import uuid7
from tussenstop.core.letters import HEADERS
from tussenstop.core.mail_addresses import unreachable_among
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import preferences, unsubscribing
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import DIGEST, Kind, first_open
from tussenstop.people.models import Person

BATCH = 500
MOST_LINES = 40
NOBODY = UUID(int=0)

Waiting = Callable[[Sequence[UUID], datetime], dict[UUID, int]]
_waiting: list[Waiting] = []


def register_waiting(waiting: Waiting) -> None:
    """Let a package count what waits for people. Called once, at start-up."""
    if waiting not in _waiting:
        _waiting.append(waiting)


def write_what_is_due(now: datetime) -> None:
    """A mail to everybody whose letters may come together now. When no worker was there in the
    morning it may be night by now: whoever sleeps gets theirs later, of what is not read by then."""
    for people in _batches(now):
        _write(_awake(people, now), now)


def without_waiting(now: datetime) -> None:
    """What waits for a morning or for the end of quiet hours leaves now: for the local mailbox of a
    demo, where nobody is disturbed."""
    Notice.objects.filter(taken_by=None, due_at__gt=now).update(due_at=now)
    for people in _batches(now):
        _write(people, now)
    mail.let_go(now)


def _due(now: datetime) -> dict[str, object]:
    return {"taken_by": None, "due_at__lte": now}


def _batches(now: datetime) -> Iterator[list[UUID]]:
    after = NOBODY
    while people := _people(now, after):
        yield people
        after = people[-1]


def _people(now: datetime, after: UUID) -> list[UUID]:
    """The next ones, in order of their ids."""
    return list(
        Notice.objects.filter(person_id__gt=after, **_due(now))
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()[:BATCH]
    )


def _awake(people: Sequence[UUID], now: datetime) -> list[UUID]:
    """Those to whom mail is welcome now; what is due to the others waits until it is."""
    quiet, zone = preferences.quiet_of(people), timezone.get_default_timezone()
    by_calendar = Person.objects.in_bulk([one for one in people if quiet[one].busy])
    asleep: dict[datetime, list[UUID]] = defaultdict(list)
    for one in people:
        busy = preferences.busy_from(by_calendar[one], now) if one in by_calendar else ()
        if (welcome := first_open(now, quiet[one], zone, busy)) > now:
            asleep[welcome].append(one)
    for welcome, some in asleep.items():
        Notice.objects.filter(person_id__in=some, **_due(now)).update(due_at=welcome)
    later = {one for some in asleep.values() for one in some}
    return [one for one in people if one not in later]


@transaction.atomic
def _write(people: Sequence[UUID], now: datetime) -> None:
    batch = uuid7()
    claimed = Notice.objects.filter(person_id__in=people, **_due(now)).update(taken_by=batch)
    if not claimed:
        return
    theirs: dict[UUID, list[Notice]] = defaultdict(list)
    for notice in (
        Notice.objects.filter(taken_by=batch, read_at=None)
        .only("person_id", "kind", "at", "subject", "url")
        .order_by("at", "pk")
    ):
        theirs[notice.person_id].append(notice)
    receivers = Person.objects.filter(pk__in=list(theirs), is_active=True)
    gone = unreachable_among([one.email for one in receivers])
    waits = _count_waiting([one.pk for one in receivers], now)
    mails = []
    for one in sorted(receivers, key=lambda one: one.language):
        if one.email.lower() in gone:
            continue
        mails.append(composed(one, theirs[one.pk], waits.get(one.pk, 0), now))
    mail.post_many(mails)


def _count_waiting(people: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    total: dict[UUID, int] = defaultdict(int)
    for waiting in _waiting:
        for person_id, count in waiting(people, now).items():
            total[person_id] += count
    return total


def composed(person: Person, notices: Sequence[Notice], waits: int, now: datetime) -> OutgoingMail:
    """The mail of one person, in their language."""
    with translation.override(person.language):
        return _composed(person, notices, waits, now)


@lru_cache(maxsize=100)
def _day(day: date, _language: str) -> str:
    """A day in words, in the active language; the same few days come back for everybody."""
    return date_format(day, "D j/n")


def _groups(notices: Iterable[Notice]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """What happened, by kind: the day, the words, and the address."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for notice in notices:
        url = f"{settings.BASE_URL}{notice.url}" if notice.url.startswith("/") else notice.url
        day = _day(timezone.localtime(notice.at).date(), translation.get_language())
        found.setdefault(notice.kind, []).append((day, notice.subject, url))
    return [(str(Kind(kind).label), lines) for kind, lines in found.items()]


def _composed(person: Person, notices: Sequence[Notice], waits: int, now: datetime) -> OutgoingMail:
    count, footer = len(notices), unsubscribing.footer(person.pk, DIGEST)
    words = {
        "hello": _("Hello %(name)s,") % {"name": person.first_name},
        "intro": ngettext(
            "This happened since your last overview.",
            "These %(count)s things happened since your last overview.",
            count,
        )
        % {"count": count},
        "waits": ngettext("%(count)s thing waits for you.", "%(count)s things wait for you.", waits)
        % {"count": waits}
        if waits
        else "",
        "today": f"{settings.BASE_URL}/",
        "more": ngettext(
            "And %(count)s more, on the page.",
            "And %(count)s more, on the page.",
            count - MOST_LINES,
        )
        % {"count": count - MOST_LINES}
        if count > MOST_LINES
        else "",
        "notices": f"{settings.BASE_URL}/notices/",
    }
    subject = (
        notices[0].subject
        if count == 1
        else _("%(first)s, and %(count)s more")
        % {"first": notices[0].subject[:120], "count": count - 1}
    )
    groups = _groups(notices[:MOST_LINES])
    html = get_template("letters/digest.html").render(
        {
            **words,
            "language": person.language,
            "subject": subject,
            "groups": groups,
            "home": settings.BASE_URL,
            "links": footer.links,
        }
    )
    return OutgoingMail(
        created_at=now,
        kind=DIGEST,
        to=person.email,
        subject=mail.one_line(subject),
        text=_text(words, groups, footer.links),
        html=html,
        headers={**HEADERS, **footer.headers},
    )


def _text(
    words: dict[str, str],
    groups: list[tuple[str, list[tuple[str, str, str]]]],
    links: Iterable[tuple[str, str]],
) -> str:
    blocks = [words["hello"], words["intro"]]
    for name, lines in groups:
        blocks.append(name.upper())
        blocks.extend(f"{day}: {subject}\n{url}".strip() for day, subject, url in lines)
    if words["more"]:
        blocks.append(f"{words['more']}\n{words['notices']}")
    if words["waits"]:
        blocks.append(f"{words['waits']}\n{words['today']}")
    blocks += ["--", *(f"{text}: {url}" for text, url in links)]
    return "\n\n".join(blocks) + "\n"
