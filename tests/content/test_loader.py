"""A broken content pack is refused with file, entry and reason; a good one is installed whole."""

from pathlib import Path

import pytest

from tests.content.conftest import Spoil
from tussenstop.content import ContentError, built_in, load
from tussenstop.content.loader import FILES

FIRST_LEVER = "autonomy_and_flexibility.levers.share_information"

BROKEN = {
    "a word that does not belong there": (
        "contexts.yaml",
        "  origin: seed",
        "  orign: seed\n  origin: seed",
        "workplace_student.orign",
        "the field is unknown",
    ),
    "a missing field": (
        "contexts.yaml",
        "  origin: seed\n",
        "",
        "workplace_student.origin",
        "the field is missing",
    ),
    "a missing translation": (
        "challenges.yaml",
        "name: {nl: Tijd, en: Time}",
        "name: {nl: Tijd}",
        "time.name.en",
        "the English text is missing",
    ),
    "an empty translation": (
        "motives.yaml",
        "nl: Ik wil dat diploma op zak",
        "nl: '  '",
        "diploma.name.nl",
        "is empty",
    ),
    "a number where text is due": (
        "culture.yaml",
        "{nl: Doecultuur, en: Do-culture}",
        "{nl: 12, en: Do-culture}",
        "do.name.nl",
        "must be text",
    ),
    "a key with capitals": (
        "conversations.yaml",
        "key: how_is_it",
        "key: HowIsIt",
        "HowIsIt.key",
        "can't be a key",
    ),
    "a key that is too long": (
        "motives.yaml",
        "key: diploma",
        "key: " + "a" * 41,
        "a" * 41 + ".key",
        "at most 40",
    ),
    "an entry without a key": (
        "principles.yaml",
        "- key: flexibility\n  origin",
        "- origin",
        "#1.key",
        "the field is missing",
    ),
    "the same key twice": (
        "forms.yaml",
        "key: sao",
        "key: oao",
        "oao",
        "stands here twice",
    ),
    "the same key twice deeper down": (
        "levers.yaml",
        "key: team_meetings",
        "key: intranet_and_mail",
        f"{FIRST_LEVER}.practices.intranet_and_mail",
        "stands here twice",
    ),
    "a practice under two levers": (
        "levers.yaml",
        "key: open_own_training",
        "key: team_meetings",
        "team_meetings",
        "stands here twice",
    ),
    "the same field twice": (
        "challenges.yaml",
        "  origin: seed",
        "  origin: seed\n  origin: ours",
        "",
        "the field 'origin' stands twice in one entry",
    ),
    "an origin nobody knows": (
        "levers.yaml",
        "origin: seed",
        "origin: theirs",
        "autonomy_and_flexibility.origin",
        "must be 'seed' or 'ours'",
    ),
    "a role nobody has": (
        "start_agreement.yaml",
        "owner: student",
        "owner: boss",
        "expectations_student.owner",
        "must be 'student', 'mentor' or 'teacher'",
    ),
    "a leader who is not there": (
        "stops.yaml",
        "lead: student",
        "lead: mentor",
        "starting_position",
        "leads this stop but does not attend it",
    ),
    "a question for somebody absent": (
        "stops.yaml",
        "roles: [student]",
        "roles: [mentor]",
        "starting_position",
        "prompt 'tell_or_ask' asks the mentor, who does not attend",
    ),
    "an automatic code nobody knows": (
        "stops.yaml",
        "automatic: teacher_known",
        "automatic: teacher_guessed",
        "starting_position.checklist.teacher_known.automatic",
        "must be 'start_agreement_accepted'",
    ),
    "a short name that does not fit the drawing": (
        "stops.yaml",
        "short_name: {nl: Startpositie,",
        "short_name: {nl: Een lange startpositie,",
        "starting_position.short_name.nl",
        "longer than 16 characters",
    ),
    "a week that is not a number": (
        "stops.yaml",
        "week: -10",
        "week: early",
        "starting_position.week",
        "must be a whole number",
    ),
    "a yes where true is due": (
        "stops.yaml",
        "  stretch: true",
        "  stretch: yes",
        "learning.stretch",
        "must be true or false",
    ),
    "a context that does not exist": (
        "forms.yaml",
        "contexts: [workplace_student, candidate]",
        "contexts: [volunteer]",
        "internship_agreement",
        "refers to 'volunteer', which is not in contexts.yaml",
    ),
    "a context named twice": (
        "forms.yaml",
        "contexts: [workplace_student, candidate]",
        "contexts: [candidate, candidate]",
        "internship_agreement.contexts",
        "names something twice",
    ),
    "a principle that does not exist": (
        "levers.yaml",
        "principles: [appreciative_climate]",
        "principles: [kindness]",
        "learning_climate",
        "refers to 'kindness', which is not in principles.yaml",
    ),
    "options where one writes": (
        "starting_position.yaml",
        "kind: choice\n",
        "kind: text\n",
        "time.questions.work_pattern",
        "options belong to a question of kind 'choice' or 'choices'",
    ),
    "an answer that can't be compared": (
        "counterparts.yaml",
        "key: two_days",
        "key: some_days",
        "mentor.questions.reply",
        "has another kind or other options than 'reply', its pair",
    ),
    "a pair of nothing": (
        "counterparts.yaml",
        "pair: contact",
        "pair: smoke_signals",
        "mentor.questions.contact",
        "no question of starting_position.yaml has the pair 'smoke_signals'",
    ),
    "rows without columns": (
        "start_agreement.yaml",
        "kind: longtext",
        "kind: rows",
        "expectations_student.fields.want_to_learn",
        "columns belong to a field of kind 'rows'",
    ),
    "a source that is no web address": (
        "forms.yaml",
        "url: https://onderwijs",
        "url: javascript://onderwijs",
        "oao.source.url",
        "is not a web address",
    ),
    "a list with nothing in it": (
        "forms.yaml",
        "contexts: [workplace_student, candidate]",
        "contexts: []",
        "internship_agreement.contexts",
        "is empty",
    ),
    "text that is no YAML": (
        "principles.yaml",
        "- key: flexibility",
        "- key: 'flexibility",
        "",
        "not valid YAML, line ",
    ),
    "an object of the programming language": (
        "motives.yaml",
        "key: diploma",
        "key: !!python/object/apply:os.getcwd []",
        "",
        "not valid YAML",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "key", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_file_entry_and_reason(
    directory: Path, spoil: Spoil, file: str, old: str, new: str, key: str, reason: str
) -> None:
    spoil(file, old, new)
    with pytest.raises(ContentError) as refusal:
        load(directory)
    error = refusal.value
    assert (error.file, error.key) == (file, key)
    assert reason in error.reason
    assert str(error).startswith(f"{file}, {key}: " if key else f"{file}: ")


@pytest.mark.parametrize("file", FILES.values())
def test_a_missing_file_is_named(directory: Path, file: str) -> None:
    (directory / file).unlink()
    with pytest.raises(ContentError) as refusal:
        load(directory)
    assert refusal.value.file == file
    assert "the file is missing" in refusal.value.reason


@pytest.mark.parametrize("file", FILES.values())
@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"", "must be a list of entries"),
        (b"[]", "is empty"),
        (b"just a word", "must be a list of entries"),
        (b"time: {key: time}", "must be a list of entries"),
        (b"- a word", "must have fields of its own"),
        (b"\xff\xfe\xfa", "not valid YAML"),
        (b"&a [*a]", "must have fields of its own"),
    ],
    ids=["empty", "no entries", "a word", "no list", "no entry", "no text", "a loop"],
)
def test_a_file_without_entries_is_refused(
    directory: Path, file: str, written: bytes, reason: str
) -> None:
    (directory / file).write_bytes(written)
    with pytest.raises(ContentError) as refusal:
        load(directory)
    assert refusal.value.file == file
    assert reason in refusal.value.reason


def test_a_file_with_a_misspelt_name_is_noticed(directory: Path) -> None:
    (directory / "lever.yaml").write_text("[]")
    with pytest.raises(ContentError, match=r"lever\.yaml: no such file belongs"):
        load(directory)


def test_all_problems_are_reported_together(directory: Path, spoil: Spoil) -> None:
    spoil("challenges.yaml", "en: Time}", "fr: Temps}")
    spoil("forms.yaml", "origin: ours", "origin: theirs")
    with pytest.raises(ContentError) as refusal:
        load(directory)
    assert [(problem.file, problem.key) for problem in refusal.value.problems] == [
        ("challenges.yaml", "time.name.en"),
        ("challenges.yaml", "time.name.fr"),
        ("forms.yaml", "internship_agreement.origin"),
    ]
    assert len(str(refusal.value).splitlines()) == 3


def test_words_that_look_like_yes_or_a_date_are_words(directory: Path, spoil: Spoil) -> None:
    spoil("challenges.yaml", "{nl: Tijd, en: Time}", "{nl: ja, en: yes}")
    spoil("challenges.yaml", "{nl: Motivatie, en: Motivation}", "{nl: 2026-01-01, en: on}")
    challenges = load(directory).challenges
    assert (challenges["time"].name.en, challenges["motivation"].name.nl) == ("yes", "2026-01-01")


def test_the_order_of_the_files_is_the_order_of_the_pack() -> None:
    assert list(built_in().stops)[:3] == [
        "starting_position",
        "talent_matching",
        "start_conversation",
    ]
    assert list(built_in().lever("differentiation").practices) == [
        "approachable_contact",
        "present_in_learning",
        "everyone_godparent",
    ]


def test_the_digest_follows_the_content_and_not_the_layout(directory: Path, spoil: Spoil) -> None:
    spoil("challenges.yaml", "- key: time", "# A remark.\n- key: 'time'")
    assert load(directory).digest == built_in().digest
    spoil("challenges.yaml", "en: Time", "en: Hours")
    assert load(directory).digest != built_in().digest


def test_the_digest_notices_another_order(directory: Path) -> None:
    path = directory / "challenges.yaml"
    entries = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join(reversed([entry.strip() for entry in entries])), encoding="utf-8")
    assert load(directory).digest != built_in().digest
