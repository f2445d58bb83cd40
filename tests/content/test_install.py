"""Installing a pack, and what is used when an installed one is missing or broken."""

import logging
import os
from pathlib import Path

import pytest

from tests.content.conftest import Spoil
from tussenstop import content
from tussenstop.content import ContentError, Pack, built_in, install, store
from tussenstop.content.packs import completed


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("motives.yaml", "key: curiosity", "key: wonder", "curiosity"),
        (
            "levers.yaml",
            "key: team_meetings",
            "key: meetings",
            "autonomy_and_flexibility.levers.share_information.practices.team_meetings",
        ),
        ("stops.yaml", "key: your_week", "key: the_week", "starting_position.agenda.your_week"),
        (
            "start_agreement.yaml",
            "key: day,",
            "key: weekday,",
            "practical.fields.days_and_times.columns.day",
        ),
    ],
)
def test_a_pack_that_drops_a_built_in_key_is_not_installed(
    directory: Path, target: Path, spoil: Spoil, file: str, old: str, new: str, key: str
) -> None:
    spoil(file, old, new)
    with pytest.raises(ContentError) as refusal:
        install(directory, target)
    assert (refusal.value.file, refusal.value.key) == (file, key)
    last = key.rpartition(".")[2]
    assert refusal.value.reason == f"key {last} is missing: routes refer to it"
    assert not target.exists()


def test_a_pack_may_change_words_and_add_entries(
    directory: Path, in_use: Path, spoil: Spoil
) -> None:
    spoil(
        "motives.yaml",
        "- key: craft",
        "- key: our_own\n  origin: ours\n"
        "  name: {nl: Iets van ons, en: Something of ours}\n"
        "  description: {nl: Zomaar., en: Just so.}\n- key: craft",
    )
    installed = install(directory, in_use)
    assert list(installed.motives)[:3] == ["diploma", "our_own", "craft"]
    assert content.pack() == installed


def test_without_a_configured_place_the_built_in_pack_is_used() -> None:
    content.configure(None)
    assert content.pack() is built_in()


def test_before_anything_is_installed_the_built_in_pack_is_used(in_use: Path) -> None:
    assert content.pack() is built_in()


def test_a_newly_installed_pack_is_seen_by_a_process_that_is_already_running(
    directory: Path, in_use: Path, spoil: Spoil
) -> None:
    for word in ("Hours", "Minutes", "Years"):
        before = content.pack().challenges["time"].name.en
        spoil(
            "challenges.yaml",
            f"name: {{nl: Tijd, en: {before}}}",
            f"name: {{nl: Tijd, en: {word}}}",
        )
        assert content.pack().challenges["time"].name.en == before
        install(directory, in_use)
        assert content.pack().challenges["time"].name.en == word


def test_the_pack_in_use_costs_one_look_at_the_pointer(
    directory: Path, in_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(directory, in_use)
    first = content.pack()
    looks: list[Path] = []
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **kw: looks.append(path) or stat(path, **kw))
    monkeypatch.setattr(store, "load", lambda _: pytest.fail("read again without need"))
    assert content.pack() is first
    assert looks == [in_use / "current"]


def test_a_failed_install_leaves_the_pack_in_use_as_it_was(
    directory: Path, in_use: Path, spoil: Spoil
) -> None:
    spoil("challenges.yaml", "en: Time", "en: Hours")
    install(directory, in_use)
    before = sorted(in_use.rglob("*")), (in_use / "current").read_bytes()
    spoil("challenges.yaml", "en: Hours", "fr: Heures")
    with pytest.raises(ContentError):
        install(directory, in_use)
    assert (sorted(in_use.rglob("*")), (in_use / "current").read_bytes()) == before
    assert content.pack().challenges["time"].name.en == "Hours"


@pytest.mark.parametrize("step", ["rename", "replace"])
def test_a_crash_halfway_an_install_leaves_the_old_pack(
    directory: Path, in_use: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    spoil("challenges.yaml", "en: Time", "en: Hours")
    install(directory, in_use)
    spoil("challenges.yaml", "en: Hours", "en: Minutes")

    def crash(*_: object) -> None:
        raise OSError("the power went out")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, crash)
        with pytest.raises(OSError, match="power"):
            install(directory, in_use)
    content.configure(in_use)
    assert content.pack().challenges["time"].name.en == "Hours"
    assert install(directory, in_use) == content.pack()
    assert not list(in_use.glob(".incoming-*"))


def test_installing_the_same_pack_again_changes_nothing_and_mends_a_damaged_copy(
    directory: Path, in_use: Path
) -> None:
    first = install(directory, in_use)
    copy = in_use / first.digest / "motives.yaml"
    good = copy.read_bytes()
    assert install(directory, in_use) == first
    copy.write_bytes(b"gone")
    install(directory, in_use)
    assert copy.read_bytes() == good
    content.configure(in_use)
    assert content.pack() == first


def test_an_installed_pack_can_be_read_by_other_users_of_the_machine(
    directory: Path, target: Path
) -> None:
    mask = os.umask(0o022)
    try:
        digest = install(directory, target).digest
    finally:
        os.umask(mask)
    assert (target / "current").stat().st_mode & 0o444 == 0o444
    assert (target / digest).stat().st_mode & 0o555 == 0o555


@pytest.mark.parametrize("pointer", [b"../../etc", b"\xff", b"", b"0" * 64])
def test_a_pointer_that_leads_nowhere_keeps_what_was_in_use_and_warns_once(
    directory: Path, in_use: Path, spoil: Spoil, caplog: pytest.LogCaptureFixture, pointer: bytes
) -> None:
    spoil("challenges.yaml", "en: Time", "en: Hours")
    installed = install(directory, in_use)
    assert content.pack() == installed
    (in_use / "current").unlink()
    (in_use / "current").write_bytes(pointer)
    with caplog.at_level(logging.WARNING):
        assert content.pack() == installed
        assert content.pack() == installed
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_pack_that_was_broken_before_the_start_gives_way_to_the_built_in_one(
    directory: Path, in_use: Path, caplog: pytest.LogCaptureFixture
) -> None:
    digest = install(directory, in_use).digest
    (in_use / digest / "motives.yaml").write_text("- key: [", encoding="utf-8")
    assert content.pack() is built_in()
    assert "can't be read" in caplog.text


def test_a_pack_from_before_a_file_was_added_keeps_its_own_words_and_gets_that_file(
    directory: Path, in_use: Path, spoil: Spoil
) -> None:
    spoil("challenges.yaml", "en: Time", "en: Hours")
    digest = install(directory, in_use).digest
    (in_use / digest / "counterparts.yaml").unlink()
    pack = content.pack()
    assert pack.challenges["time"].name.en == "Hours"
    assert pack.counterparts == built_in().counterparts


def test_an_installed_pack_older_than_the_software_gets_the_new_entries_in_their_place(
    directory: Path, in_use: Path, spoil: Spoil, caplog: pytest.LogCaptureFixture
) -> None:
    spoil("challenges.yaml", "en: Time", "en: Hours")
    digest = install(directory, in_use).digest
    old = in_use / digest / "stops.yaml"
    text = old.read_text(encoding="utf-8")
    start, end = text.index("- key: first_how_is_it"), text.index("- key: interim")
    point = text[text.index("    - key: your_motives") : text.index("    - key: your_talents")]
    old.write_text((text[:start] + text[end:]).replace(point, ""), encoding="utf-8")
    pack = content.pack()
    assert list(pack.stops) == list(built_in().stops)
    assert pack.stops == built_in().stops
    assert pack.challenges["time"].name.en == "Hours"
    assert "older than the software" in caplog.text


def test_completing_a_pack_keeps_its_own_order_and_entries() -> None:
    standard = built_in()
    motives = dict(reversed([*standard.motives.items()][2:]))
    own = Pack(**{**dict(standard.parts()), "motives": motives})  # type: ignore[arg-type]
    whole = completed(own, standard)
    assert list(whole.motives) == ["diploma", "craft", *motives]
    assert list(whole.stops) == list(standard.stops)
