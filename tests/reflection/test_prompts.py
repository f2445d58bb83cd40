"""The question for this week, own questions, and forms that institutions make."""

from datetime import timedelta

import pytest

from tests.reflection.writing import writes
from tests.worlds import NOW, World
from tussenstop.content import pack
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection import prompting, queries, shapes
from tussenstop.reflection.actions import prompting as asking
from tussenstop.reflection.actions import shapes as making
from tussenstop.reflection.actions.prompting import CannotAsk
from tussenstop.reflection.actions.shapes import CannotKeep
from tussenstop.reflection.models import OwnForm, OwnPrompt
from tussenstop.reflection.rules import Week, chosen
from tussenstop.routes.models import Route, Stop

pytestmark = pytest.mark.django_db


def asks(world: World, by: Person, text: str = "Wat zou je nu anders doen?") -> OwnPrompt:
    route = None if by == world.student else world.fresh()
    return asking.add(by=By(by), key=uuid7(), text=text, theme="", route=route, now=NOW)


def makes(world: World, name: str = "Ons model", **changes: object) -> OwnForm:
    return making.keep(
        by=By(world.programme_coordinator),
        institution=world.institution,
        key=uuid7(),
        name={"nl": name, "en": ""},
        about="",
        steps=[({"nl": "Wat zag je?", "en": ""}, {"nl": "", "en": ""})],
        now=NOW,
        **changes,  # type: ignore[arg-type]
    )


def test_every_prompt_names_stops_that_exist() -> None:
    named = {stop for one in pack().reflection_prompts.values() for stop in one.stops}
    assert named
    assert named <= pack().stops.keys()


def test_the_choice_holds_all_week_and_a_tap_goes_past_everything() -> None:
    week, some = Week("p", "r", 2026, 48), ["a", "b", "c"]
    assert chosen(some, week) == chosen(some, week)
    assert {chosen(some, week, further) for further in range(3)} == set(some)
    assert chosen([], week) is None
    others = {chosen(some, Week("p", "r", 2026, number)) for number in range(1, 30)}
    assert others == set(some)


def test_prompts_fit_the_stop_the_route_is_at(world: World) -> None:
    def keys(route: Route) -> set[str]:
        return {one.key for one in prompting.candidates(world.student, route, "student")}

    assert "next_year" not in keys(world.route)
    before = Stop.objects.filter(route=world.route).exclude(kind="looking_ahead")
    before.update(done_at=NOW)
    assert "next_year" in keys(world.route)
    assert "a_name" not in keys(world.route)


def test_a_mentor_gets_prompts_of_their_own(world: World) -> None:
    keys = {one.key for one in prompting.candidates(world.mentor, world.route, "mentor")}
    assert "let_go" in keys
    assert "speak_up" not in keys


def test_own_prompts_stay_recognisable(world: World) -> None:
    asks(world, world.student, "Wat vertel ik thuis?")
    asks(world, world.mentor)
    found = {one.text: one for one in prompting.candidates(world.student, world.route, "student")}
    assert found["Wat vertel ik thuis?"].own
    assert found["Wat vertel ik thuis?"].by == ""
    assert found["Wat zou je nu anders doen?"].by == "Mo Mentor"
    others = prompting.candidates(world.coach, world.route, "coach")
    assert not [one for one in others if one.own]


def test_a_prompt_is_for_who_may_and_once(world: World) -> None:
    key = uuid7()
    for _twice in range(2):
        asking.add(
            by=By(world.teacher), key=key, text="Hoe?", theme="", route=world.fresh(), now=NOW
        )
    assert OwnPrompt.objects.count() == 1
    with pytest.raises(Refused):
        asking.add(
            by=By(world.godparent),
            key=uuid7(),
            text="Hoe?",
            theme="",
            route=world.fresh(),
            now=NOW,
        )
    with pytest.raises(CannotAsk):
        asks(world, world.student, " ")


def test_the_student_can_take_a_given_prompt_away_and_others_cannot(world: World) -> None:
    prompt = asks(world, world.mentor)
    with pytest.raises(NotFound):
        asking.remove(by=By(world.teacher), prompt_id=prompt.pk, now=NOW)
    asking.remove(by=By(world.student), prompt_id=prompt.pk, now=NOW)
    found = prompting.candidates(world.student, world.route, "student")
    assert not [one for one in found if one.own]


def test_a_changed_form_leaves_what_was_written_with_it(world: World) -> None:
    first = makes(world)
    key = shapes.own(first).key
    step = shapes.own(first).steps[0].key
    entry = writes(world, form=key, texts={step: "Een rij aan de balie"})
    makes(world, "Ons nieuwe model", instead_of=first)
    offered = {one.name for one in shapes.on_offer(world.student, now=NOW)}
    assert "Ons nieuwe model" in offered
    assert "Ons model" not in offered
    (part,) = queries.own_page(person=world.student, entry_id=entry.pk).parts
    assert (part.question, part.text) == ("Wat zag je?", "Een rij aan de balie")
    with pytest.raises(Stale):
        makes(world, "Nog een", instead_of=first)


def test_a_form_speaks_the_only_language_it_has(world: World) -> None:
    assert shapes.own(makes(world)).name == "Ons model"


def test_forms_are_offered_to_who_travels_there_and_to_nobody_elsewhere(world: World) -> None:
    form = makes(world)
    for person, sees in ((world.student, True), (world.mentor, True), (world.other_student, False)):
        assert (form in shapes.forms_of_institutions(person, now=NOW)) is sees


@pytest.mark.parametrize("who", ["teacher", "student", "other_programme_coordinator"])
def test_only_the_programme_makes_forms(world: World, who: str) -> None:
    with pytest.raises((Refused, NotFound)):
        making.keep(
            by=By(getattr(world, who)),
            institution=world.institution,
            key=uuid7(),
            name={"nl": "x", "en": ""},
            about="",
            steps=[({"nl": "x", "en": ""}, {"nl": "", "en": ""})],
            now=NOW,
        )
    assert not OwnForm.objects.exists()


def test_a_form_needs_a_name_and_a_question(world: World) -> None:
    with pytest.raises(CannotKeep):
        makes(world, " ")
    with pytest.raises(CannotKeep):
        making.keep(
            by=By(world.programme_coordinator),
            institution=world.institution,
            key=uuid7(),
            name={"nl": "x", "en": ""},
            about="",
            steps=[({"nl": " ", "en": ""}, {"nl": "hint", "en": ""})],
            now=NOW,
        )


def test_a_form_put_away_is_not_offered_any_more(world: World) -> None:
    form = makes(world)
    making.retire(by=By(world.programme_coordinator), form=form, now=NOW + timedelta(days=1))
    assert shapes.forms_of_institutions(world.student, now=NOW) == []
