"""Workplaces on their pages: hours, culture, photos."""

from datetime import time
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Workplace, WorkplacePhoto

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_in_memory(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


def a_picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def photo(world: World) -> WorkplacePhoto:
    return actions.add_photo(
        by=By(world.organisation_coordinator),
        workplace=world.workplace,
        file=BytesIO(a_picture()),
        name="tuin.jpg",
        caption="De tuin met de kippen",
        now=NOW,
    )


def test_a_coordinator_adds_a_workplace_with_its_culture(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    key = uuid7()
    response = client.post(
        reverse("workplace_add", args=[world.organisation.pk]),
        {
            "key": key,
            "name": "De Beuk",
            "city": "Eeklo",
            "culture_types": ["family", "do"],
            "own_culture_types": "Samen aan tafel\n\nKippen",
            "culture_story": "Om zeven uur is er koffie.",
        },
    )
    assert response.status_code == 302
    workplace = Workplace.objects.get(pk=key)
    assert workplace.own_culture_types == ["Samen aan tafel", "Kippen"]
    client.force_login(world.other_student)
    html = client.get(reverse("workplace", args=[key])).content.decode()
    for text in ("De Beuk", "Eeklo", "Familiecultuur", "Kippen", "Om zeven uur is er koffie."):
        assert text in html
    assert reverse("workplace_edit", args=[key]) not in html


def test_of_two_editors_the_second_sees_the_words_of_the_first(
    client: Client, world: World
) -> None:
    client.force_login(world.organisation_coordinator)
    Workplace.objects.filter(pk=world.workplace.pk).update(
        version=2, own_culture_types=["rustig"], culture_types=["family"]
    )
    response = client.post(
        reverse("workplace_edit", args=[world.workplace.pk]),
        {"version": 1, "name": world.workplace.name, "own_culture_types": "luid"},
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "luid</textarea>" in html
    assert "“rustig”" in html


def test_hours_are_typed_for_monday_and_copied_to_friday(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("workplace_hours", args=[world.workplace.pk])
    typed = {
        "version": 1,
        "same": "on",
        "opens1_1": "08:00",
        "closes1_1": "12:00",
        "opens1_2": "13:00",
        "closes1_2": "17:00",
        "opens6_1": "09:00",
        "closes6_1": "12:00",
    }
    assert client.post(url, typed).status_code == 302
    assert world.workplace.opening_hours.count() == 11
    client.force_login(world.student)
    html = client.get(reverse("workplace", args=[world.workplace.pk])).content.decode()
    assert html.count("08:00–12:00, 13:00–17:00") == 1
    assert html.count("09:00–12:00") == 1


def test_hours_that_can_not_be_are_said_beside_the_day(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("workplace_hours", args=[world.workplace.pk])
    typed = {
        "version": 1,
        "opens1_1": "12:00",
        "closes1_1": "08:00",
        "opens2_1": "08:00",
        "opens3_1": "08:00",
        "closes3_1": "12:00",
        "opens3_2": "11:00",
        "closes3_2": "13:00",
    }
    response = client.post(url, typed)
    html = response.content.decode()
    assert response.status_code == 422
    for field in ("id_closes1_1", "id_closes2_1", "id_opens3_2"):
        assert f'id="{field}-error"' in html
    assert 'value="12:00"' in html
    assert not world.workplace.opening_hours.exists()


def test_hours_changed_meanwhile_are_not_lost(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    actions.set_hours(
        by=By(world.organisation_coordinator),
        workplace=world.workplace,
        seen=1,
        hours=[actions.Stretch(1, time(8), time(12))],
        now=NOW,
    )
    url = reverse("workplace_hours", args=[world.workplace.pk])
    response = client.post(url, {"version": 1, "opens2_1": "08:00", "closes2_1": "12:00"})
    assert response.status_code == 422
    assert world.workplace.opening_hours.get().weekday == 1


def test_a_photo_is_uploaded_and_shown_with_its_words(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("workplace_photos", args=[world.workplace.pk])
    file = SimpleUploadedFile("a.jpg", a_picture(), "text/html")
    response = client.post(url, {"key": uuid7(), "file": file, "caption": "Het team"})
    assert response.status_code == 302
    html = client.get(reverse("workplace", args=[world.workplace.pk])).content.decode()
    assert 'alt="Het team"' in html


def test_what_is_no_photo_is_said_beside_the_field(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("workplace_photos", args=[world.workplace.pk])
    file = SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")
    response = client.post(url, {"key": uuid7(), "file": file, "caption": "Het team"})
    assert response.status_code == 422
    assert 'id="id_file-error"' in response.content.decode()
    assert "Het team" in response.content.decode()


def test_a_photo_is_served_as_what_it_is_to_who_belongs(
    client: Client, world: World, photo: WorkplacePhoto
) -> None:
    url = reverse("photo", args=[photo.pk])
    client.force_login(world.other_student)
    response = client.get(url)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content)[:4] == b"RIFF"  # type: ignore[arg-type]
    client.force_login(world.stranger)
    assert client.get(url).status_code == 404


def test_only_its_coordinator_removes_a_photo(
    client: Client, world: World, photo: WorkplacePhoto
) -> None:
    url = reverse("photo_remove", args=[photo.pk])
    for person, status in (
        (world.other_organisation_coordinator, 404),
        (world.mentor, 403),
        (world.organisation_coordinator, 302),
    ):
        client.force_login(person)
        assert client.post(url).status_code == status
    assert not WorkplacePhoto.objects.exists()


def test_a_workplace_closes_and_opens_again(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("workplace_close", args=[world.workplace.pk])
    client.post(url, {"closed": "1"})
    world.workplace.refresh_from_db()
    assert world.workplace.closed_at
    client.post(url, {"closed": "0"})
    world.workplace.refresh_from_db()
    assert world.workplace.closed_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_workplace_page_asks_as_much_for_three_photos_as_for_one(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    for _each in range(count):
        actions.add_photo(
            by=By(world.organisation_coordinator),
            workplace=world.workplace,
            file=BytesIO(a_picture()),
            name="x.jpg",
            caption="x",
            now=NOW,
        )
    client.force_login(world.student)
    # session, person, workplace, hours, photos, belonging, permissions
    with django_assert_num_queries(9):
        client.get(reverse("workplace", args=[world.workplace.pk]))
