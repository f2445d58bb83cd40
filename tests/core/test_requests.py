"""Each request has an id, that a person can read on the page that tells of an error."""

import json
import logging

import pytest
import structlog
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient


@pytest.mark.django_db
def test_every_answer_carries_an_id_of_its_own(client: Client) -> None:
    ids = {client.get(reverse("about"))["X-Request-Id"] for _turn in range(3)}

    assert len(ids) == 3


@pytest.mark.django_db
def test_the_page_of_an_error_says_the_id_and_nothing_of_the_inside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(request: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("tussenstop.web.home.about.pack", broken)
    client = ReadingClient(raise_request_exception=False)

    answer = client.get(reverse("about"))

    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_does_not_exist_is_told_in_the_reader_s_language(
    client: Client, language: str
) -> None:
    client.cookies["tussenstop_language"] = language

    page = client.get("/nowhere/").content.decode()

    assert f'lang="{language}"' in page


def test_a_line_of_the_log_is_json_with_the_request_s_id() -> None:
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=structlog.processors.JSONRenderer(),
        foreign_pre_chain=[structlog.contextvars.merge_contextvars],
    )
    record = logging.LogRecord("tussenstop", logging.WARNING, "x.py", 1, "Iets", None, None)
    with structlog.contextvars.bound_contextvars(request_id="0123"):
        line = json.loads(formatter.format(record))

    assert line == {"event": "Iets", "request_id": "0123"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/about/", "/d/nonsense/", "/", "/nowhere/"])
def test_no_browser_and_no_proxy_keeps_a_page(client: Client, address: str) -> None:
    kept = client.get(address)["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept
