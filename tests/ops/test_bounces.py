"""`tussenstop bounces`, as a mail server runs it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from tests.core.returning import left, report
from tussenstop.core import mail_returns, mail_tokens
from tussenstop.ops import bounces
from tussenstop.ops.cli import main


class Input:
    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def handed_over(monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str) -> int:
    monkeypatch.setattr(sys, "stdin", Input(raw))
    return main(["bounces", *words])


@pytest.mark.django_db
def test_a_report_about_a_letter_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = left()
    to = mail_tokens.token_of(letter.pk)

    code = handed_over(monkeypatch, report(None), "--to", f"terug+{to}@school.example.org")

    letter.refresh_from_db()
    assert code == os.EX_OK
    assert letter.returned_at


@pytest.mark.django_db
def test_what_is_no_report_is_refused_so_that_its_writer_knows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert handed_over(monkeypatch, b"Subject: Hallo\n\nIs daar iemand?") == os.EX_DATAERR
    assert "nobody reads it" in capsys.readouterr().err


@pytest.mark.django_db
def test_without_a_database_the_mail_server_tries_again_later(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(mail_returns, "take", fails)

    assert handed_over(monkeypatch, b"") == os.EX_TEMPFAIL
    assert "Not now: the database is away" in capsys.readouterr().err


def test_when_it_can_not_even_begin_the_mail_server_tries_again_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails() -> None:
        raise bounces.CannotGoOn("Can't write in the data folder.")

    monkeypatch.setattr(bounces, "start_django", fails)

    assert handed_over(monkeypatch, b"") == os.EX_TEMPFAIL


def test_it_runs_by_itself_and_a_database_that_is_not_ready_loses_nothing(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TUSSENSTOP_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    token = mail_tokens.token_of(mail_tokens.UUID(int=7))
    ran = subprocess.run(
        [sys.executable, "-m", "tussenstop", "bounces", "--to", f"terug+{token}@example.org"],
        input=report(None, to="x@example.org"),
        capture_output=True,
        timeout=120,
        check=False,
        env={
            **kept,
            "TUSSENSTOP_DATA_DIR": str(tmp_path),
            "TUSSENSTOP_SECRET_KEY": os.environ["TUSSENSTOP_SECRET_KEY"],
        },
    )
    assert ran.returncode == os.EX_TEMPFAIL, ran.stderr
