"""A route's journey turned into the line that is drawn."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.routes.line import Line, LineStop
from tussenstop.routes.names import name_of, short_name_of
from tussenstop.routes.queries import Journey, day_fraction, day_of
from tussenstop.routes.rules import ENDED


def line_of(journey: Journey, *, now: datetime, linked: bool = False) -> Line:
    """The line of a route; `linked` when its stops may be opened."""
    states = journey.states
    today = timezone.localdate(now)
    stops = tuple(
        LineStop(
            name=name_of(stop),
            short_name=short_name_of(stop),
            state=states[stop.pk].value,
            state_text=str(states[stop.pk].label),
            optional=stop.optional,
            stretch=stop.stretch,
            when=day_of(stop),
            when_is_fixed=stop.starts_at is not None or stop.done_at is not None,
            url=reverse("stop", args=[stop.pk]) if linked else "",
            note=_("optional") if stop.optional and not day_of(stop) else "",
        )
        for stop in journey.stops
    )
    pauses = []
    for pause in journey.pauses:
        start = day_fraction(journey.stops, pause.starts_on)
        end = day_fraction(journey.stops, pause.ended_on or pause.back_on or today)
        if start is not None and end is not None and end > start:
            pauses.append((start, end))
    ended = journey.route.state in ENDED
    return Line(
        title=_("The route of %(student)s") % {"student": journey.route.student.name},
        stops=stops,
        today=None if ended else day_fraction(journey.stops, today),
        pauses=tuple(pauses),
        ended=ended,
    )
