"""The program `tussenstop`, as an administrator runs it."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tussenstop.content.store import BUILT_IN
from tussenstop.ops.cli import main

COMMANDS = (
    "serve",
    "demo",
    "migrate",
    "check",
    "bounces",
    "createadmin",
    "change-address",
    "import-content",
    "verify-agreement",
)


pytestmark = pytest.mark.xdist_group("command line")  # what is built once stays on one worker


def run(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, on an embedded database in this folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TUSSENSTOP_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    wanted = {f"TUSSENSTOP_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "tussenstop", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**kept, "TUSSENSTOP_DATA_DIR": str(folder), **wanted},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the first administrator was let in."""
    folder = tmp_path_factory.mktemp("data")
    made = run(
        "createadmin", "--email", "griet@example.org", "--name", "Griet Beheer", folder=folder
    )
    assert made.returncode == 0, made.stderr
    assert "Griet Beheer is administrator of the partnership." in made.stdout
    return folder


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    assert left.value.code == 0
    told = capsys.readouterr().out
    assert all(command in told for command in COMMANDS)
    assert "TUSSENSTOP_" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])

    assert left.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.parametrize("words", [[], ["nonsense"], ["createadmin"], ["serve", "--port", "x"]])
def test_wrong_use_is_told_with_the_exit_code_of_wrong_use(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_administrator_let_in_twice_is_one(folder: Path) -> None:
    again = run(
        "createadmin", "--email", "GRIET@example.org", "--name", "Griet Beheer", folder=folder
    )

    assert again.returncode == 0
    assert "Griet Beheer is administrator" in again.stdout


def test_an_administrator_needs_an_address_that_mail_can_reach(folder: Path) -> None:
    refused = run("createadmin", "--email", "griet", "--name", "Griet Beheer", folder=folder)

    assert refused.returncode == 1
    assert refused.stderr.strip() == "griet is not an e-mail address."


def test_who_cannot_get_in_any_more_gets_another_address(folder: Path) -> None:
    known, new = "griet@example.org", "griet.nieuw@example.org"

    unknown = run("change-address", "--email", "who@example.org", "--to", new, folder=folder)
    wrong = run("change-address", "--email", known, "--to", "griet", folder=folder)
    done = run("change-address", "--email", known, "--to", new, folder=folder)
    back = run("change-address", "--email", new, "--to", known, folder=folder)

    assert (unknown.returncode, wrong.returncode) == (1, 1)
    assert "Nobody is known here as who@example.org." in unknown.stderr
    assert "griet is not an e-mail address." in wrong.stderr
    assert done.returncode == back.returncode == 0, done.stderr + back.stderr
    assert f"Griet Beheer signs in with {new} from now on" in done.stdout


def test_bringing_the_database_up_to_date_twice_is_fine(folder: Path) -> None:
    assert run("migrate", folder=folder).returncode == 0


def test_what_is_unsafe_is_said_in_sentences_that_say_what_to_do(folder: Path) -> None:
    told = run("check", folder=folder, DEMO="1")

    assert told.returncode == 3
    for word in ("TUSSENSTOP_DEMO is on", "https://", "TUSSENSTOP_MAIL_URL"):
        assert word in told.stdout


def test_a_sound_installation_passes_the_check(folder: Path) -> None:
    told = run(
        "check",
        folder=folder,
        BASE_URL="https://tussenstop.example.org",
        ALLOWED_HOSTS="tussenstop.example.org",
        MAIL_URL="smtp+tls://user:secret@mail.example.org:587",
        MAIL_FROM="Tussenstop <tussenstop@example.org>",
        SECRET_KEY="k3" * 25,
    )

    assert (told.returncode, told.stdout.strip()) == (0, "Nothing unsafe found.")


def test_a_taken_port_is_one_clear_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        told = run("serve", "--port", str(port), folder=folder)

    assert told.returncode == 1
    assert told.stderr.startswith(f"Port {port} is taken")
    assert len(told.stderr.splitlines()) == 1


def test_a_data_folder_that_can_not_be_made_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    told = run("migrate", folder=tmp_path / "file" / "data")

    assert told.returncode == 1
    assert "TUSSENSTOP_DATA_DIR" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_content_pack_is_put_in_use_and_a_broken_one_leaves_it(
    folder: Path, tmp_path: Path
) -> None:
    mine = Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))
    imported = run("import-content", str(mine), folder=folder)
    assert imported.returncode == 0
    before = sorted(p.name for p in (folder / "content").iterdir())

    next(mine.glob("*.yaml")).write_text("- nonsense: [")
    broken = run("import-content", str(mine), folder=folder)

    assert broken.returncode == 1
    assert broken.stderr.startswith("Nothing was imported:")
    assert sorted(p.name for p in (folder / "content").iterdir()) == before


@pytest.mark.parametrize(
    ("what", "code", "told"),
    [
        ("0" * 64, 1, "Not sealed here, or changed since."),
        ("nonsense", 1, "nonsense is neither a file nor a digest"),
    ],
)
def test_checking_what_was_never_sealed(folder: Path, what: str, code: int, told: str) -> None:
    found = run("verify-agreement", what, folder=folder)

    assert found.returncode == code
    assert told in found.stdout + found.stderr
