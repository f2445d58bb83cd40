"""“Who is your working student?”: only what was shared, and advice that follows from it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.startposition.telling import CANARIES, shares, tells, tells_everything
from tests.worlds import NOW, World
from tussenstop.startposition.queries import shared_position
from tussenstop.startposition.summary import Summary, contents, render, summary_of

pytestmark = pytest.mark.django_db


def summary(world: World, who: str) -> Summary:
    person = getattr(world, who)
    return summary_of(shared_position(person=person, route_id=world.route.pk, now=NOW))


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("key", CANARIES)
def test_the_pdf_holds_what_is_shared_and_nothing_else(world: World, key: str) -> None:
    tells_everything(world)
    shares(world, **{key: ["mentor"]})
    written = text_of(render(summary(world, "mentor"), now=NOW)).replace("-\n", "-")
    found = {one for one, canary in CANARIES.items() if canary in written.replace("\n", "")}
    assert found == {key}


def test_without_anything_shared_the_advice_for_the_context_remains(world: World) -> None:
    tells_everything(world)
    found = summary(world, "mentor")
    assert found.parts == []
    assert found.communication
    assert found.practical
    assert found.addressed == ""
    assert "Nothing was shared yet" in text_of(render(found, now=NOW))


def test_advice_from_an_answer_comes_first_and_only_when_that_answer_is_shared(
    world: World,
) -> None:
    tells(world, "expectations", {"feedback": "in_writing", "learning": ["watching"]})
    without = summary(world, "mentor")
    shares(world, expectations=["mentor"])
    found = summary(world, "mentor")
    assert found.communication[0].startswith("Put feedback in a few sentences first")
    assert found.practical[0].startswith("Let them watch first")
    assert found.communication[1:] == without.communication
    assert found.practical[1:] == without.practical


def test_long_answers_still_fit_on_one_page(world: World) -> None:
    tells(world, "expectations", {"from_mentor": "Een eerlijke mentor met tijd. " * 40})
    tells(world, "motivation", {"why_now": "Omdat het nu kan. " * 40})
    shares(world, expectations=["mentor"], motivation=["mentor"])
    assert len(PdfReader(BytesIO(render(summary(world, "mentor"), now=NOW))).pages) == 1


def test_what_people_write_is_never_read_as_markup(world: World) -> None:
    tells(world, "motivation", {"why_now": '#sys.inputs "quote" *x* <b>'})
    shares(world, motivation=["mentor"])
    assert '#sys.inputs "quote" *x* <b>' in text_of(render(summary(world, "mentor"), now=NOW))


def test_the_sketch_of_a_week_is_shown_by_day(world: World) -> None:
    tells(world, "time", {"week": {"1": {"morning": "taken", "evening": "free"}}})
    shares(world, time=["mentor"])
    [line] = contents(summary(world, "mentor"), now=NOW)["parts"][0]["lines"]
    assert line["week"][0] == {"day": "Mo", "parts": ["taken", "", "free"]}
