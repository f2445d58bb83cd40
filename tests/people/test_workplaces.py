"""Workplaces: what is told of them, when they are open, and photos."""

from datetime import time
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.factories import OrganisationFactory, PersonFactory, WorkplaceFactory
from tests.worlds import NOW
from tussenstop.core.errors import Stale
from tussenstop.core.files import BadFile
from tussenstop.core.ids import uuid7
from tussenstop.core.models import StoredFile
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Workplace, WorkplacePhoto

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_in_memory(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.fixture
def by() -> By:
    return By(PersonFactory())


@pytest.fixture
def workplace() -> Workplace:
    return WorkplaceFactory()


def a_picture() -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (40, 30), "orange").save(content, "PNG")
    content.seek(0)
    return content


def add_photo(by: By, workplace: Workplace, **more: Any) -> WorkplacePhoto:
    return actions.add_photo(
        by=by,
        workplace=workplace,
        file=a_picture(),
        name="team.png",
        caption="Het team",
        now=NOW,
        **more,
    )


def test_a_workplace_keeps_only_culture_types_that_exist(by: By) -> None:
    workplace = actions.add_workplace(
        by=by,
        organisation=OrganisationFactory(),
        about=actions.About(
            "De Eik", culture_types=("family", "made_up"), own_culture_types=("grappig", "grappig")
        ),
        hours=[actions.Stretch(1, time(8), time(12))],
        now=NOW,
    )
    assert workplace.culture_types == ["family"]
    assert workplace.own_culture_types == ["grappig"]
    assert workplace.opening_hours.count() == 1


def test_hours_are_replaced_as_a_whole(by: By, workplace: Workplace) -> None:
    morning = actions.Stretch(1, time(8), time(12))
    afternoon = actions.Stretch(1, time(13), time(17))
    actions.set_hours(by=by, workplace=workplace, seen=1, hours=[afternoon, morning], now=NOW)
    actions.set_hours(by=by, workplace=workplace, seen=2, hours=[morning], now=NOW)
    row = workplace.opening_hours.get()
    assert (row.weekday, row.opens, row.closes) == (1, time(8), time(12))
    actions.set_hours(by=by, workplace=workplace, seen=3, hours=[], now=NOW)
    assert not workplace.opening_hours.exists()


def test_of_two_who_change_the_hours_the_second_is_told(by: By, workplace: Workplace) -> None:
    actions.set_hours(
        by=by, workplace=workplace, seen=1, hours=[actions.Stretch(1, time(8), time(12))], now=NOW
    )
    with pytest.raises(Stale):
        actions.set_hours(by=by, workplace=workplace, seen=1, hours=[], now=NOW)
    assert workplace.opening_hours.count() == 1


@pytest.mark.parametrize(
    "hours",
    [
        [actions.Stretch(2, time(12), time(8))],
        [actions.Stretch(2, time(8), time(12)), actions.Stretch(2, time(11), time(17))],
    ],
)
def test_hours_that_can_not_be_are_refused(
    by: By, workplace: Workplace, hours: list[actions.Stretch]
) -> None:
    with pytest.raises(actions.BadHours):
        actions.set_hours(by=by, workplace=workplace, seen=1, hours=hours, now=NOW)


def test_a_photo_is_kept_once_and_goes_with_its_file(
    by: By, workplace: Workplace, django_capture_on_commit_callbacks: Any
) -> None:
    key = uuid7()
    photo = add_photo(by, workplace, key=key)
    assert add_photo(by, workplace, key=key) == photo
    name = photo.file.content.name
    assert photo.file.content_type == "image/webp"
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(by=by, photo=photo, now=NOW)
    assert not default_storage.exists(name)
    assert (WorkplacePhoto.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_is_no_picture_is_refused(by: By, workplace: Workplace) -> None:
    with pytest.raises(BadFile):
        actions.add_photo(
            by=by,
            workplace=workplace,
            file=BytesIO(b"<script>"),
            name="x.png",
            caption="x",
            now=NOW,
        )


def test_there_is_room_for_a_dozen_photos(by: By, workplace: Workplace) -> None:
    for _photo in range(12):
        add_photo(by, workplace)
    with pytest.raises(actions.TooManyPhotos):
        add_photo(by, workplace)
    assert [p.position for p in workplace.photos.order_by("position")] == list(range(12))


def test_a_closed_workplace_can_open_again(by: By, workplace: Workplace) -> None:
    actions.close_workplace(by=by, workplace=workplace, now=NOW)
    workplace.refresh_from_db()
    assert workplace.closed_at == NOW
    actions.reopen_workplace(by=by, workplace=workplace, now=NOW)
    workplace.refresh_from_db()
    assert workplace.closed_at is None
