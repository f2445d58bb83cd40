"""Calendars in words: blocks week by week, figures, and why something can't be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.agreements.rules import Kind as AgreementKind
from tussenstop.calendars.rules import Kind
from tussenstop.planning.rules import Activity, Instead, Strength
from tussenstop.policies.rules import BUILT_IN, Code

if TYPE_CHECKING:
    from tussenstop.planning.models import Option, PlannedBlock, Search, Terms


def hours(minutes: int) -> str:
    """Minutes as hours, with a half where there is one."""
    return formats.number_format(minutes / 60, 0 if minutes % 60 == 0 else 1)


def clock(minutes: int) -> str:
    minutes %= 24 * 60
    return formats.time_format(time(minutes // 60, minutes % 60), "H:i")


@dataclass(frozen=True)
class Line:
    """One block as a page shows it; `number` is its place in the calendar."""

    day: date
    when: str
    activity: str
    number: int = 0
    changed: bool = False
    kept: bool = False
    block: "PlannedBlock | None" = None

    @property
    def at_workplace(self) -> bool:
        return self.activity == Activity.WORKPLACE


@dataclass(frozen=True)
class Week:
    monday: date
    lines: list[Line]


def _weeks(lines: Iterable[Line]) -> list[Week]:
    found: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.day - timedelta(days=line.day.weekday())].append(line)
    return [Week(monday, found[monday]) for monday in sorted(found)]


def weeks_of_option(option: "Option") -> list[Week]:
    changed = set(option.changed)
    kept = option.search.pins
    return _weeks(
        Line(
            date.fromisoformat(day),
            f"{clock(start)}-{clock(end)}",
            activity,
            number,
            day in changed,
            [day, start, end, activity] in kept,
        )
        for number, (day, start, end, activity) in enumerate(option.blocks)
    )


def weeks_of_blocks(blocks: "Iterable[PlannedBlock]") -> list[Week]:
    return _weeks(Line(block.day, when_of(block), block.activity, block=block) for block in blocks)


def when_of(block: "PlannedBlock") -> str:
    start = block.starts_at.hour * 60 + block.starts_at.minute
    return f"{clock(start)}-{clock(start + block.minutes)}"


def figures_of(option: "Option") -> list[tuple[str, str]]:
    """The rows of a comparison: what, and how much."""
    found = option.figures
    weeks = max(found["weeks"], 1)
    heaviest = date.fromisoformat(found["heaviest_monday"])
    return [
        (_("Hours at the workplace"), hours(found["workplace"])),
        (_("Days at the workplace"), str(found["days_there"])),
        (_("of which in the weekend"), str(found["weekend_days"])),
        (_("Hours there with your mentor"), hours(found["with_mentor"])),
        (_("Hours of studying"), hours(found["study"])),
        (
            _("Hours in the heaviest week (%(day)s)")
            % {"day": formats.date_format(heaviest, "j F")},
            hours(found["heaviest"][1]),
        ),
        (_("Free evenings a week"), _mean(found["free_evenings"], weeks)),
        (_("Whole free days a week"), _mean(found["free_days"], weeks)),
    ]


def _mean(count: int, weeks: int) -> str:
    return formats.number_format(count / weeks, 0 if count % weeks == 0 else 1)


def given_up(option: "Option", others: "list[Option]") -> list[str]:
    """What this calendar costs beside the best of the others, and whom."""
    found = []
    days = max(one.figures["free_days"] for one in others) - option.figures["free_days"]
    if days > 0:
        found.append(
            ngettext(
                "you: %(count)s whole free day fewer than in another one",
                "you: %(count)s whole free days fewer than in another one",
                days,
            )
            % {"count": days}
        )
    evenings = max(one.figures["free_evenings"] for one in others)
    evenings -= option.figures["free_evenings"]
    if evenings > 0:
        found.append(
            ngettext(
                "you: %(count)s free evening fewer than in another one",
                "you: %(count)s free evenings fewer than in another one",
                evenings,
            )
            % {"count": evenings}
        )
    trips = option.figures["days_there"] - min(one.figures["days_there"] for one in others)
    if trips > 0:
        found.append(
            ngettext(
                "you: %(count)s trip more to the workplace",
                "you: %(count)s trips more to the workplace",
                trips,
            )
            % {"count": trips}
        )
    alone = max(one.figures["with_mentor"] for one in others) - option.figures["with_mentor"]
    if alone >= 60:
        found.append(_("your mentor: %(hours)s hours less together") % {"hours": hours(alone)})
    return found


def warned_of(option: "Option") -> list[tuple[str, str]]:
    """What this calendar passes of the rules on working time, and where each rule stands."""
    found = []
    for version, count, monday, number in option.figures.get("warned", []):
        code, _at, _which = version.partition("@")
        rule = BUILT_IN[Code(code)]
        text = ngettext(
            "%(rule)s (%(number)s): outside the rule in the week of %(day)s",
            "%(rule)s (%(number)s): outside the rule in %(count)s weeks, first in that of %(day)s",
            count,
        ) % {
            "rule": str(Code(code).label).capitalize(),
            "number": formats.number_format(Decimal(number)),
            "count": count,
            "day": formats.date_format(date.fromisoformat(monday), "j F"),
        }
        found.append((text, rule.source))
    return found


def instead_of(search: "Search") -> list[tuple[str, str, bool]]:
    """What else would fit, in words; the address where one goes on with it; and whether that is an
    agreement to propose (with its days filled in), or only asking for more weeks oneself."""
    return [(_instead(one), *_to_go_on(search, one)) for one in search.instead]


def _to_go_on(search: "Search", way: dict[str, Any]) -> tuple[str, bool]:
    if way["kind"] == Instead.LONGER and way["within"]:
        return reverse("planning_terms", args=[search.route_id]), False
    if way["kind"] == Instead.PAUSE:
        kind = AgreementKind.PAUSE
        back = date.fromisoformat(way["since"]) + timedelta(weeks=way["weeks"])
        days = {"starts_on": way["since"], "back_on": back.isoformat()}
    else:
        kind, days = AgreementKind.PERIOD, {"ends_on": way["until"]}
    return reverse("agreement_new", args=[search.route_id, kind], query=days), True


def _instead(way: dict[str, Any]) -> str:
    weeks = way["weeks"]
    if way["kind"] == Instead.PAUSE:
        text = ngettext(
            "a pause of %(count)s week, and going on until %(day)s",
            "a pause of %(count)s weeks, and going on until %(day)s",
            weeks,
        )
    else:
        text = ngettext(
            "%(count)s week longer: until %(day)s", "%(count)s weeks longer: until %(day)s", weeks
        )
    last = date.fromisoformat(way["until"])
    return text % {"count": weeks, "day": formats.date_format(last, "j F Y")}


# Why not.


def _commitments(name: str) -> str:
    if name == "stop":
        return _("the conversations that are planned already")
    if name in {"kept", "outside"}:
        return _("the days that lie outside these weeks")
    words = {
        Kind.WORK.value: _("your shifts at work"),
        Kind.LESSON.value: _("your lessons"),
        Kind.EXAM.value: _("your exams"),
        Kind.STUDY.value: _("the studying that stands in your calendar"),
        Kind.CARE.value: _("your time for family and care"),
        Kind.REST.value: _("your time for rest and hobbies"),
        Kind.TRAVEL.value: _("your time on the way"),
    }
    return words.get(name, _("something else in your calendar"))


def _on_a_day(member: dict[str, Any]) -> str:
    name = member["name"]
    return _("%(what)s on %(day)s from %(start)s to %(end)s") % {
        "what": Kind(name).label if name in Kind.values else _commitments(name),
        "day": formats.date_format(date.fromisoformat(member["day"]), "l j F"),
        "start": clock(member["start"]),
        "end": clock(member["end"]),
    }


def member_of(member: dict[str, Any], terms: "Terms") -> str:
    """One of the demands that contradict each other, with whose it is."""
    demand = member["demand"]
    if demand == "commitment":
        what = _on_a_day(member) if "day" in member else _commitments(member["name"])
        return _("%(what)s (your calendar)") % {"what": what}
    texts = {
        "workplace_hours": _("%(count)s hours at the workplace (your route)")
        % {"count": terms.workplace_hours},
        "study_hours": _("%(count)s hours of studying (your own wish)")
        % {"count": terms.study_hours},
        "talks": _("%(count)s conversations while your mentor is there (your own wish)")
        % {"count": terms.talks},
        "week_most": _("at most %(count)s hours a week (your own limit)")
        % {"count": terms.week_most},
        "day_most": _("at most %(count)s hours a day (your own limit)") % {"count": terms.day_most},
        "rest": _("%(count)s hours of rest between two working days (the law, and your own limit)")
        % {"count": terms.rest},
        "free_evening": _("a free evening every week (your own wish)"),
        "free_day": _("a whole free day every week (your own wish)"),
        "workplace_block": _("at least %(count)s hours at a time at the workplace (your own wish)")
        % {"count": terms.least_block},
        "study_block": _("studying between 7:00 and 22:30, one to three hours at a time"),
        "pins": _("the days that you put in place"),
        "opening": _opening(terms),
    }
    return texts.get(str(demand), str(demand))


def _opening(terms: "Terms") -> str:
    if terms.holidays_free == Strength.MUST:
        return _("the opening hours of the workplace, and no days there in school holidays")
    return _("the opening hours of the workplace (the workplace)")


def way_of(way: dict[str, Any], terms: "Terms") -> str:
    """What would help, by itself."""
    demand, amount = way["demand"], way["amount"]
    if demand == "commitment":
        what = _on_a_day(way) if "day" in way else _commitments(way["name"])
        return _("without %(what)s") % {"what": what}
    if amount is None:
        return {
            "pins": _("without one of the days that you put in place"),
            "opening": _("with longer opening hours, or with days there in school holidays")
            if terms.holidays_free == Strength.MUST
            else _("with longer opening hours"),
            "study_block": _("with other hours for studying"),
        }.get(demand, "")
    if demand == "talks":
        return ngettext("%(count)s conversation fewer", "%(count)s conversations fewer", amount) % {
            "count": amount
        }
    if demand in {"free_evening", "free_day"}:
        return ngettext(
            "letting it go in %(count)s week", "letting it go in %(count)s weeks", amount
        ) % {"count": amount} + (
            " (" + (_("free evening") if demand == "free_evening" else _("free day")) + ")"
        )
    texts = {
        "workplace_hours": _("%(hours)s hours fewer at the workplace"),
        "study_hours": _("%(hours)s hours of studying fewer"),
        "week_most": _("%(hours)s hours a week more"),
        "day_most": _("%(hours)s hours a day more"),
        "rest": _("%(hours)s hours of rest fewer"),
        "workplace_block": _("days at the workplace that last %(hours)s hours less"),
    }
    if demand not in texts:
        return ""
    return texts[demand] % {"hours": hours(amount)} + _instead_of(demand, amount, terms)


def _instead_of(demand: str, amount: int, terms: "Terms") -> str:
    """What a number would become, and what it was asked to be."""
    sign = 1 if demand in {"week_most", "day_most"} else -1
    asked = terms.least_block if demand == "workplace_block" else getattr(terms, demand)
    if asked is None:
        return ""
    return " " + _("(%(then)s instead of %(asked)s)") % {
        "then": hours(60 * asked + sign * amount),
        "asked": asked,
    }


@dataclass(frozen=True)
class WhyNot:
    members: list[str]
    ways: list[str]
    week: date | None
    alone: bool
    shortest: bool


def why_not(conflict: dict[str, Any], terms: "Terms") -> WhyNot:
    return WhyNot(
        [member_of(one, terms) for one in conflict["members"]],
        [text for one in conflict["ways"] if (text := way_of(one, terms))],
        date.fromisoformat(conflict["week"]) if conflict["week"] else None,
        conflict["alone"],
        conflict["shortest"],
    )
