"""What an entry may look like, and how it speaks."""

import pytest
from pydantic import ValidationError

from tussenstop.content import ShortText, Text, built_in
from tussenstop.content import text as text_module


@pytest.mark.parametrize(
    ("language", "word"),
    [("nl", "kans"), ("en", "chance"), ("en-gb", "chance"), ("nl-be", "kans"), ("fr", "kans")],
)
def test_a_text_speaks_the_active_language_and_dutch_when_it_does_not_know_it(
    monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setattr(text_module, "get_language", lambda: language)
    assert str(Text(nl="kans", en="chance")) == word


def test_a_text_speaks_dutch_when_no_language_is_active(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "get_language", lambda: None)
    assert str(Text(nl="kans", en="chance")) == "kans"


def test_a_text_gives_the_language_it_is_asked_for() -> None:
    word = Text(nl="kans", en="chance")
    assert (word.get("nl"), word.get("en"), word.nl, word.en) == (
        "kans",
        "chance",
        "kans",
        "chance",
    )


def test_a_text_never_changes() -> None:
    word = Text(nl="kans", en="chance")
    with pytest.raises(ValidationError):
        word.nl = "gelegenheid"  # type: ignore[misc]


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_a_text_is_never_empty(empty: str) -> None:
    with pytest.raises(ValidationError):
        Text(nl="kans", en=empty)


def test_a_short_name_has_at_most_16_characters() -> None:
    assert ShortText(nl="x" * 16, en="y").nl == "x" * 16
    with pytest.raises(ValidationError):
        ShortText(nl="x" * 17, en="y")


def test_levers_practices_and_statements_are_found_without_their_parents() -> None:
    pack = built_in()
    assert pack.lever("onboarding").name.nl == "Onboarding"
    assert pack.practice("job_rotation").key in pack.lever("choice_in_tasks").practices
    assert pack.statement("equal_partners").key in pack.principles["equality"].statements
    assert pack.group_of("onboarding").key == "communication_and_equality"
    with pytest.raises(KeyError):
        pack.lever("no_such_lever")
    with pytest.raises(KeyError):
        pack.group_of("no_such_lever")


def test_only_the_learning_itself_is_a_stretch() -> None:
    assert [key for key, stop in built_in().stops.items() if stop.stretch] == ["learning"]


def test_opportunities_and_reflection_are_optional_and_every_other_stop_is_not() -> None:
    optional = [key for key, stop in built_in().stops.items() if stop.optional]
    assert optional == ["opportunities", "reflection"]


def test_the_weeks_of_the_stops_never_run_backwards() -> None:
    weeks = [stop.week for stop in built_in().stops.values() if stop.week is not None]
    assert weeks == sorted(weeks)
    assert weeks[0] < 0


@pytest.mark.parametrize("stop", built_in().stops.values(), ids=list(built_in().stops))
def test_everyone_who_attends_a_stop_prepares_at_most_four_questions(stop: object) -> None:
    asked = {
        role: sum(role in prompt.roles for prompt in stop.prompts.values())  # type: ignore[attr-defined]
        for role in stop.attends  # type: ignore[attr-defined]
    }
    assert all(1 <= number <= 4 for number in asked.values()), asked


def test_every_automatic_code_is_used_by_some_stop() -> None:
    used = {
        item.automatic for stop in built_in().stops.values() for item in stop.checklist.values()
    }
    assert used == {
        None,
        "start_agreement_accepted",
        "mentor_accepted",
        "teacher_known",
        "period_agreed",
        "date_set",
        "previous_stop_done",
        "week_sketched",
        "motives_named",
        "sharing_chosen",
    }


def test_every_context_has_all_stops_and_skipping_one_leaves_it_out() -> None:
    pack = built_in()
    assert all(pack.stops_for(context) == pack.stops for context in pack.contexts)
    skipped = pack.stops["talent_matching"].model_copy(update={"skip_for": ("own_employee",)})
    stops = {**pack.stops, "talent_matching": skipped}
    changed = type(pack)(**{**dict(pack.parts()), "stops": stops})  # type: ignore[arg-type]
    assert "talent_matching" not in changed.stops_for("own_employee")
    assert "talent_matching" in changed.stops_for("candidate")


def test_the_start_agreement_stays_light_enough_for_a_phone() -> None:
    sections = built_in().start_agreement
    assert list(sections) == [
        "expectations_student",
        "expectations_mentor",
        "expectations_school",
        "practical",
        "room_for_programme",
        "communication",
        "perspective",
        "contact_points",
        "role_card",
    ]
    assert max(len(section.fields) for section in sections.values()) <= 4
    assert {key: s.owner for key, s in sections.items() if s.owner} == {
        "expectations_student": "student",
        "expectations_mentor": "mentor",
        "expectations_school": "teacher",
    }


def test_every_contract_form_fits_a_context_and_every_context_has_a_form_of_its_own() -> None:
    pack = built_in()
    for context in pack.contexts:
        fitting = {key for key, form in pack.forms.items() if context in form.contexts}
        assert fitting - {"other"}
