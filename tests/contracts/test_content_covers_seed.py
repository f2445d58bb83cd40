"""The sheet this product grew from, point by point, and where each point lives in the content.

The sheet itself belongs to its makers. Here stand only our short notes of each point, the names
of levers and practices, and (beside the loader's tests) fingerprints of its runs of seven words.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tussenstop.content import Role, Text, built_in
from tussenstop.content.text import Frozen

PACK = built_in()
FINGERPRINTS = Path(__file__).parents[1] / "content" / "seed_fingerprints.txt"

ROLES: dict[str, Role] = {
    "the working student": "student",
    "the mentor": "mentor",
    "the teacher": "teacher",
    "the competence coach": "coach",
    "the peter or meter": "godparent",
    "the organisation, whose turn it is as well": "organisation_coordinator",
    "the partnership that set out the route": "programme_coordinator",
}

CONTEXTS = {
    "looks for an organisation to learn in": "workplace_student",
    "hopes for a job in the organisation": "candidate",
    "wants to qualify for the own organisation": "own_employee",
}

CHALLENGES = {
    "time: how to organise the combination": ("time", ["organise"]),
    "balance: how to watch and keep one's wellbeing": ("balance", ["notice", "keep"]),
    "motivation: what drives someone to such a programme": ("motivation", ["drives"]),
}

PRINCIPLES = {
    "Flexibiliteit": {
        "build flexibility into the timing": "flexible_timing",
        "build in choice and variation of tasks": "choice_and_variation",
        "give room for the sake of the programme": "room_for_programme",
    },
    "Open communicatie": {
        "clear information at the start and on the perspective": "clear_start_and_perspective",
        "clear communication, encouraged in everyone": "clear_among_all",
        "the student is active between programme and workplace": "student_links_school_and_work",
    },
    "Evenwaardigheid": {
        "student, mentor and teacher are equal partners": "equal_partners",
        "everyone takes the responsibility of their role": "own_responsibility",
    },
    "Autonomie": {
        "the student takes hold of the own learning": "student_steers_learning",
        "the mentor grows in the role": "mentor_grows",
        "the competence coach responds to individual needs": "coach_answers_needs",
        "the student takes workplace questions to campus": "questions_to_campus",
    },
    "Waarderend en stimulerend leerklimaat": {
        "belief that all three can develop": "belief_in_growth",
        "empowerment and involvement of all three": "empowerment_and_involvement",
    },
}

LEVERS = {
    "Autonomie in werken en flexibiliteit": {
        ("share_information", "Alle informatie delen"): ["intranet_and_mail", "team_meetings"],
        ("materials_and_tools", "Alle materiaal en tools aanreiken"): [
            "knowledge_and_procedures",
            "open_own_training",
        ],
        ("choice_in_tasks", "Keuze aanbieden in taken en mogelijkheden tot leren"): [
            "job_rotation"
        ],
        ("evoke_reflection", "Reflectie uitlokken over eigen functioneren"): ["think_together"],
    },
    "Waarderend en stimulerend leerklimaat": {
        ("full_team_member", "Opnemen als volwaardig lid van het team"): ["open_team_activities"],
        ("differentiation", "Differentiatie"): [
            "approachable_contact",
            "present_in_learning",
            "everyone_godparent",
        ],
        ("future_feedback", "Toekomstgerichte feedbackcultuur"): [
            "find_appetite",
            "recognise_talent",
            "encourage_initiative",
        ],
        ("open_feedback", "Werken aan een open feedbackcultuur"): ["curious_about_skills"],
    },
    "Open communicatie en evenwaardigheid": {
        ("talent_and_matching", "Talent en matching"): [
            "explore_can_and_expects",
            "explain_culture",
        ],
        ("onboarding", "Onboarding"): ["share_customs", "align_expectations"],
        ("feedback", "Feedback"): ["regular_conversations", "different_ways_of_talking"],
        ("opportunities", "Kansen"): [
            "seek_opportunities",
            "shadow_colleagues",
            "learn_with_colleagues",
        ],
    },
}

PRACTICE_WORDS = {
    "intranet_and_mail": ["informatie", "intranet", "mail"],
    "team_meetings": ["teammeetings"],
    "knowledge_and_procedures": ["kennis", "procedures", "intranet"],
    "open_own_training": ["leeractiviteiten", "vorming"],
    "job_rotation": ["jobrotatie", "variatie", "grootte", "complexiteit", "moeilijkheid"],
    "think_together": ["mentor", "student", "samen", "team", "soft skills", "cultuur"],
    "open_team_activities": ["teamactiviteiten", "studenten"],
    "approachable_contact": ["toegankelijk", "aanspreekpunt"],
    "present_in_learning": ["aanwezig", "leerproces"],
    "everyone_godparent": ["iedereen", "peter", "meter"],
    "find_appetite": ["leergoesting"],
    "recognise_talent": ["talent", "potentieel"],
    "encourage_initiative": ["initiatief"],
    "curious_about_skills": ["nieuwsgierig", "taak", "rol", "team"],
    "explore_can_and_expects": ["kan", "verwacht"],
    "explain_culture": ["doecultuur", "familiecultuur", "ambitieuze cultuur"],
    "share_customs": ["gebruiken", "gewoontes"],
    "align_expectations": ["wensen", "verwachtingen", "mentor", "student"],
    "regular_conversations": ["regelmatig", "gesprekken"],
    "different_ways_of_talking": ["hoe-is-het", "feedback", "ongepland"],
    "seek_opportunities": ["kansen"],
    "shadow_colleagues": ["meelopen", "collega"],
    "learn_with_colleagues": ["professionaliseringskansen", "collega"],
}

CULTURES = {"do-culture": "do", "family culture": "family", "ambitious culture": "ambitious"}
WAYS_OF_TALKING = {"how-is-it": "how_is_it", "feedback": "feedback", "unplanned": "unplanned"}

STOP_POINTS = {
    "time, balance and motivation fix the starting position": (
        "starting_position",
        "agenda",
        ["your_week", "your_motives"],
    ),
    "curiosity about who you guide": ("starting_position", "prompts", ["listen_first"]),
    "talent and matching: what the student can do and expects": (
        "talent_matching",
        "agenda",
        ["can_and_hopes"],
    ),
    "the culture of the workplace is explained": ("talent_matching", "agenda", ["culture_here"]),
    "practical agreements and communication follow": (
        "start_conversation",
        "agenda",
        ["practical", "communication"],
    ),
    "information at the start, and the perspective": (
        "start_conversation",
        "agenda",
        ["perspective", "room_for_programme"],
    ),
    "wishes and expectations side by side": ("start_conversation", "agenda", ["expectations"]),
    "everyone's responsibility": ("start_conversation", "agenda", ["roles"]),
    "habits, customs, procedures, materials and tools": (
        "onboarding",
        "agenda",
        ["customs", "procedures", "gear_and_access"],
    ),
    "team meetings": ("onboarding", "checklist", ["team_meetings_known"]),
    "a peter or meter": ("onboarding", "checklist", ["godparent_found"]),
    "tasks of growing size and difficulty": ("learning", "agenda", ["next_tasks"]),
    "questions for campus": ("learning", "agenda", ["campus_questions"]),
    "leergoesting": ("learning", "prompts", ["appetite_now"]),
    "hoe-is-het": ("first_how_is_it", "agenda", ["does_it_fit"]),
    "open feedback, both ways": ("interim", "agenda", ["feedback_both_ways"]),
    "levers to shift": ("interim", "agenda", ["one_lever"]),
    "shadowing different colleagues": ("opportunities", "prompts", ["whom_to_shadow"]),
    "joint training": ("opportunities", "prompts", ["open_to_join"]),
    "initiative": ("opportunities", "prompts", ["dare_to_propose"]),
    "place in the team, soft skills, culture": (
        "reflection",
        "agenda",
        ["place_in_team", "dealing_with_people", "culture_of_the_house"],
    ),
    "talent and potential recognised": ("qualification", "prompts", ["example_that_stays"]),
    "lessons learned": ("looking_ahead", "agenda", ["lessons_workplace", "lessons_programme"]),
    "the perspective afterwards": ("looking_ahead", "agenda", ["what_is_possible"]),
}

STOPS = [
    "starting_position",
    "talent_matching",
    "start_conversation",
    "onboarding",
    "learning",
    "first_how_is_it",
    "interim",
    "opportunities",
    "reflection",
    "qualification",
    "looking_ahead",
]

NAMES = {"Tele-Onthaal", "Awel", "CAW", "Community Help Service"}
SITES = {"112.be", "zelfmoord1813.be", "tele-onthaal.be", "awel.be", "caw.be", "chsbelgium.org"}
SAME_IN_BOTH_LANGUAGES = {
    "Matching",
    "Onboarding",
    "Feedback",
    "STARR",
    "ABCD",
    "PDCA",
    "Soft skills",
    *NAMES,
    *SITES,
}

NOT_FLEMISH = re.compile(
    r"\b(bpv|beroepspraktijkvorming|(praktijk|hoofd)opleiders?"
    r"|(praktijk|bedrijfs|stage|werk)begeleiders?|stagiair\w*|leerbedrij\w+|slb|mbo|hbo|roc|zzp"
    r"|(les|werk)?roosters?|vakantiedagen|hartstikke|met z['’]n \w+|u|uw)\b",
    re.IGNORECASE,
)
SOFTWARE = re.compile(
    r"\b(dashboards?|(up|down)load\w*|accounts?|in(log|loggen)|log ?in|klik\w*|modules?|workflow"
    r"|tokens?|databank|database|platform|app|user|gebruikers?|systeem|website)\b",
    re.IGNORECASE,
)


def texts(thing: object, path: str) -> Iterator[tuple[str, Text]]:
    """Every text in the content with the path that leads to it."""
    if isinstance(thing, Text):
        yield path, thing
    elif isinstance(thing, Frozen):
        for name in type(thing).model_fields:
            yield from texts(getattr(thing, name), f"{path}.{name}")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from texts(value, f"{path}.{key}")


TEXTS = [found for name, part in PACK.parts() for found in texts(part, name)]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs_of_the_seed(text: str) -> list[str]:
    """Runs of seven words that stand in the sheet as well."""
    known = set(FINGERPRINTS.read_text(encoding="ascii").split())
    found = words(text)
    runs = [" ".join(found[i : i + 7]) for i in range(len(found) - 6)]
    return [run for run in runs if hashlib.sha256(run.encode()).hexdigest()[:12] in known]


def test_every_role_of_the_sheet_has_something_to_see_to() -> None:
    duties = PACK.start_agreement["role_card"].responsibilities.values()
    assert {duty.role for duty in duties} == set(ROLES.values())


def test_the_three_contexts_are_there_and_no_other() -> None:
    assert list(PACK.contexts) == list(CONTEXTS.values())
    assert {context.origin for context in PACK.contexts.values()} == {"seed"}
    assert [context.name.nl for context in PACK.contexts.values()] == [
        "Werkplekstudent",
        "Potentiële medewerker",
        "Eigen medewerker",
    ]


def test_the_three_challenges_are_there_with_their_questions() -> None:
    found = [(key, list(one.questions)) for key, one in PACK.challenges.items()]
    assert found == list(CHALLENGES.values())


def test_the_five_principles_hold_every_statement_of_the_sheet() -> None:
    found = {one.name.nl: list(one.statements) for one in PACK.principles.values()}
    assert found == {name: list(points.values()) for name, points in PRINCIPLES.items()}
    assert {one.origin for one in PACK.statements.values()} == {"seed"}
    assert (len(PACK.principles), len(PACK.statements)) == (5, 14)


def test_three_groups_of_four_levers_hold_every_practice_in_the_order_of_the_sheet() -> None:
    found = {
        group.name.nl: {
            (key, lever.name.nl): list(lever.practices) for key, lever in group.levers.items()
        }
        for group in PACK.lever_groups.values()
    }
    assert found == LEVERS
    assert [len(levers) for levers in found.values()] == [4, 4, 4]
    assert {one.origin for one in [*PACK.levers.values(), *PACK.practices.values()]} == {"seed"}
    assert (len(PACK.levers), len(PACK.practices)) == (12, 23)


def test_every_practice_still_says_what_the_sheet_says() -> None:
    assert list(PRACTICE_WORDS) == list(PACK.practices)
    lost = {
        key: [word for word in expected if word not in PACK.practice(key).name.nl.lower()]
        for key, expected in PRACTICE_WORDS.items()
    }
    assert {key: missing for key, missing in lost.items() if missing} == {}


def test_the_levers_make_every_principle_real() -> None:
    served = [key for group in PACK.lever_groups.values() for key in group.principles]
    assert sorted(served) == sorted(PACK.principles)


def test_the_cultures_and_ways_of_talking_of_the_sheet_stand_beside_ours() -> None:
    from_seed = [key for key, one in PACK.cultures.items() if one.origin == "seed"]
    assert from_seed == list(CULTURES.values())
    ways = [key for key, one in PACK.conversations.items() if one.origin == "seed"]
    assert ways == list(WAYS_OF_TALKING.values())
    ours = ["three_way", "team", "mediation"]
    assert sorted(PACK.conversations) == sorted([*WAYS_OF_TALKING.values(), *ours])
    assert len(PACK.cultures) >= 7


def test_the_route_has_its_eleven_stops_in_order_and_does_not_claim_they_are_the_sheets() -> None:
    assert list(PACK.stops) == STOPS
    assert {stop.origin for stop in PACK.stops.values()} == {"ours"}


@pytest.mark.parametrize(("stop", "part", "keys"), STOP_POINTS.values(), ids=STOP_POINTS)
def test_a_point_of_the_sheet_has_its_place_at_a_stop(
    stop: str, part: str, keys: list[str]
) -> None:
    assert set(keys) <= set(getattr(PACK.stops[stop], part))


def test_every_stop_carries_some_point_of_the_sheet() -> None:
    assert {stop for stop, _, _ in STOP_POINTS.values()} == set(STOPS)


def test_nothing_was_quietly_dropped() -> None:
    counts = {name: len(part) for name, part in PACK.parts()}
    assert counts == {
        "contexts": 3,
        "challenges": 3,
        "principles": 5,
        "lever_groups": 3,
        "stops": 11,
        "cultures": 7,
        "conversations": 6,
        "motives": 11,
        "forms": 7,
        "start_agreement": 9,
        "starting_position": 6,
        "counterparts": 2,
        "documents": 10,
        "strengths": 19,
        "reflection_forms": 4,
        "reflection_themes": 5,
        "reflection_loop": 6,
        "check_in": 5,
        "crisis": 1,
    }
    assert len(TEXTS) == 958


def test_every_text_speaks_both_languages_and_says_it_differently() -> None:
    same = {text.nl for _, text in TEXTS if text.nl == text.en}
    assert same == SAME_IN_BOTH_LANGUAGES


def test_the_dutch_is_flemish_and_addresses_people_as_je() -> None:
    assert {path: text.nl for path, text in TEXTS if NOT_FLEMISH.search(text.nl)} == {}


def test_the_texts_never_talk_about_software() -> None:
    assert {path: text.nl for path, text in TEXTS if SOFTWARE.search(text.nl)} == {}


@pytest.mark.parametrize(
    "sentence",
    ["Vraag uw praktijkopleider.", "De stagiaires komen.", "Een BPV-plaats.", "Met z'n drieën."],
)
def test_the_search_for_words_that_are_not_flemish_would_find_them(sentence: str) -> None:
    assert NOT_FLEMISH.search(sentence)


def test_the_search_for_words_of_software_would_find_them() -> None:
    assert SOFTWARE.search("Klik op het dashboard.")
    assert not SOFTWARE.search("Wat knelt er?")


def test_short_names_fit_the_drawing_of_the_line() -> None:
    names = [stop.short_name for stop in PACK.stops.values()]
    assert max(len(text) for name in names for text in (name.nl, name.en)) <= 16


def test_the_wording_is_ours_except_the_names_of_levers_and_practices() -> None:
    named = re.compile(r"^lever_groups\.\w+(\.levers\.\w+(\.practices\.\w+)?)?\.name$")
    taken = {
        path: runs
        for path, text in TEXTS
        if not named.match(path) and (runs := runs_of_the_seed(text.nl))
    }
    assert taken == {}


def test_the_search_for_borrowed_sentences_would_find_one() -> None:
    assert runs_of_the_seed("Wat zijn de drijfveren voor een opleiding met werkplekleren?")
    assert not runs_of_the_seed("Wat zijn de redenen voor een opleiding met werkplekleren?")
