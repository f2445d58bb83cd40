"""A programme coordinator with a file, from page to page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.imports import jobs


@pytest.fixture
def coordinator(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.programme_coordinator)


def columns_chosen(client: Client, answer: Any) -> Any:
    """From the upload past the page of the columns, as they were guessed."""
    assert answer.status_code == 302, answer.content.decode()
    found = client.get(answer["Location"])
    form = found.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    shown = client.post(answer["Location"], data)
    assert shown.status_code == 302, shown.content.decode()
    return client.get(shown["Location"])


def brought_in(client: Client, preview: Any, **data: str) -> Any:
    one = preview.context["one"]
    answer = client.post(
        reverse("import_bring_in", args=[one.pk]), {"version": str(one.version), **data}
    )
    if answer.status_code != 302:
        return answer
    busy = client.get(answer["Location"])
    assert "It is being brought in" in text_of(busy)
    assert busy["Refresh"]
    # Begins by itself after the commit, which tests don't reach.
    jobs.bring_in.func(str(one.pk), str(busy.context["user"].pk))
    return client.get(answer["Location"])


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())
