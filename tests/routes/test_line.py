"""The line that is drawn: geometry only, whatever the route."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tussenstop.routes.line import COLUMN, SMALL_COLUMN, Line, LineStop, draw

STATES = st.sampled_from(["done", "current", "ahead", "skipped"])


@st.composite
def lines(draw_one: st.DrawFn) -> Line:
    stops = tuple(
        LineStop(
            name=f"Tussenstop {number}",
            short_name=str(number),
            state=draw_one(STATES),
            state_text="",
            optional=draw_one(st.booleans()),
            stretch=draw_one(st.booleans()),
        )
        for number in range(draw_one(st.integers(1, 14)))
    )
    last = len(stops) - 1
    today = draw_one(st.none() | st.floats(0, last))
    pauses = draw_one(st.lists(st.tuples(st.floats(0, last), st.floats(0, last)), max_size=2))
    return Line(
        title="De route",
        stops=stops,
        today=today,
        pauses=tuple((min(p), max(p)) for p in pauses),
        ended=draw_one(st.booleans()),
    )


def of(*states: str, **more: object) -> Line:
    stops = tuple(LineStop(f"Stop {i}", str(i), state, "") for i, state in enumerate(states))
    return Line(title="De route", stops=stops, **more)  # type: ignore[arg-type]


@given(lines(), st.sampled_from(["full", "small"]))
def test_everything_stands_inside_the_box_and_in_order(line: Line, size: str) -> None:
    drawn = draw(line, size)
    places = [station.x for station in drawn.stations]

    assert [station.stop for station in drawn.stations] == list(line.stops)
    assert all(a < b for a, b in itertools.pairwise(places))
    assert 0 < places[0] <= places[-1] < drawn.width
    assert all(0 <= s.x1 <= s.x2 <= drawn.width for s in drawn.segments)
    assert drawn.today is None or places[0] <= drawn.today <= places[-1]


@given(lines())
def test_the_track_is_whole(line: Line) -> None:
    """From the first station to the last there is one piece of track between every two."""
    drawn = draw(line)
    track = [s for s in drawn.segments if s.kind != "pause"]

    assert [(s.x1, s.x2) for s in track] == [
        (a.x, b.x) for a, b in itertools.pairwise(drawn.stations)
    ]


@given(lines())
def test_a_route_that_has_ended_has_no_today(line: Line) -> None:
    assert (draw(line).today is None) == (line.today is None or line.ended)


def test_the_track_is_travelled_up_to_where_the_route_stands() -> None:
    drawn = draw(of("done", "done", "current", "ahead", "ahead"))

    assert [s.kind for s in drawn.segments] == ["done", "done", "ahead", "ahead"]


def test_a_skipped_stop_behind_us_does_not_break_the_track() -> None:
    drawn = draw(of("done", "skipped", "current", "ahead"))

    assert [s.kind for s in drawn.segments] == ["done", "done", "ahead"]


def test_a_pause_lies_over_the_track_and_today_between_the_stations() -> None:
    drawn = draw(of("done", "current", "ahead", today=1.5, pauses=((0.5, 1.0),)))

    assert drawn.today == 2 * COLUMN
    assert [(s.x1, s.x2) for s in drawn.segments if s.kind == "pause"] == [(COLUMN, 1.5 * COLUMN)]


def test_the_small_line_is_the_same_line_smaller() -> None:
    line = of("done", "current", "ahead", today=1.5)
    full, small = draw(line), draw(line, "small")

    assert [s.kind for s in small.segments] == [s.kind for s in full.segments]
    assert small.width == len(line.stops) * SMALL_COLUMN


def test_the_route_stands_at_a_moment_rather_than_at_a_stretch() -> None:
    long = LineStop("Leren op de werkplek", "Leren", "current", "", stretch=True)
    moment = LineStop("Eerste hoe-is-het", "Hoe-is-het", "current", "")

    assert Line("De route", (long, moment)).current == moment
    assert Line("De route", (long,)).current == long
    assert of("done", "ahead").current is None
