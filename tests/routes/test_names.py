"""The story keeps what is built in by its key, and tells it in the reader's language."""

import pytest
from django.utils import translation

from tussenstop.routes.models import AgendaPoint, ChecklistItem, Stop
from tussenstop.routes.names import in_words, kept_line, kept_name


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Talent en matching"), ("en", "Talent and matching")]
)
def test_a_built_in_stop_is_told_in_the_language_of_the_reader(language: str, name: str) -> None:
    kept = kept_name(Stop(kind="talent_matching"))
    with translation.override(language):
        assert in_words(kept) == name


def test_an_own_stop_is_told_in_its_own_words() -> None:
    assert in_words(kept_name(Stop(own_name="Tweede gesprek"))) == "Tweede gesprek"


def test_built_in_lines_are_told_in_words_and_own_lines_as_written() -> None:
    stop = Stop(kind="onboarding")
    with translation.override("nl"):
        for part, line in (
            ("agenda", AgendaPoint(key="meet_the_team")),
            ("checklist", ChecklistItem(key="team_knows")),
        ):
            told = in_words(kept_line(stop, line, part))
            assert told
            assert told != line.key
    assert in_words(kept_line(stop, AgendaPoint(text="Verlof"), "agenda")) == "Verlof"


def test_what_the_content_no_longer_has_is_told_by_its_key() -> None:
    assert in_words({"stop": "bestaat_niet"}) == "bestaat_niet"
    assert in_words({"stop": "onboarding", "part": "agenda", "line": "weg"}) == "weg"
