"""The small steps in which a route is started, as a browser takes them."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.worlds import World

START = reverse("route_start")


def text_of(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def hidden(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"no field {name}"
    return found[1]


def address(way: str, world: World, workplace: object = "") -> str:
    at = f"&workplace={workplace}" if workplace else ""
    return f"{START}?for={way}&programme={world.programme.pk}{at}"


def about(client: Client, url: str, **data: str) -> HttpResponse:
    return client.post(url, {"step": "about", "key": hidden(client.get(url), "key"), **data})


def place(client: Client, url: str, before: HttpResponse, **data: str) -> HttpResponse:
    known = {name: hidden(before, name) for name in ("about", "key")}
    return client.post(
        url,
        {
            "step": "place",
            **known,
            "starts_on": "2027-01-11",
            "ends_on": "",
            "form": "employment_addendum",
            "mentor_name": "",
            "mentor_email": "",
            "mentor_language": "nl",
            **data,
        },
    )


EMPLOYEE = {"name": "Wouter Nieuw", "email": "wouter@example.org", "language": "nl"}
MENTOR = {"mentor_name": "Mia Mentor", "mentor_email": "mia@example.org", "mentor_language": "en"}
