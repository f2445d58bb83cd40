"""One's own name, language and theme."""

import pytest
from django.test import Client

from tests.conftest import ReadingClient
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.people.models import Person


def test_name_telephone_and_language_are_one_form(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.mentor)

    answer = client.post(
        "/me/", {"name": "  Mo   Mertens ", "phone": "0470 12 34 56", "language": "nl"}, follow=True
    )

    person = Person.objects.get(pk=world.mentor.pk)
    assert (person.name, person.phone, person.language) == ("Mo Mertens", "0470 12 34 56", "nl")
    assert 'lang="nl"' in answer.content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.mentor).post(
        "/me/", {"name": "", "phone": "0470 12 34 56", "language": "en"}
    )

    assert "0470 12 34 56" in page.content.decode()
    assert "error" in page.content.decode()
    assert Person.objects.get(pk=world.mentor.pk).name == "Mo Mentor"


@pytest.mark.parametrize(
    ("language", "word"), [("nl", "Fijn dat je er bent"), ("en", "Good to see you")]
)
def test_the_language_is_kept_before_anybody_signs_in(db: None, language: str, word: str) -> None:
    client = ReadingClient()

    client.post("/language/", {"language": language, "next": "/account/login/"})

    assert word in client.get("/account/login/").content.decode()


def test_the_language_follows_somebody_to_another_device(world: World, signed_in: SignIn) -> None:
    signed_in(world.mentor).post("/language/", {"language": "nl"})

    assert Person.objects.get(pk=world.mentor.pk).language == "nl"


def test_a_language_that_we_do_not_speak_changes_nothing(world: World, signed_in: SignIn) -> None:
    signed_in(world.mentor).post("/language/", {"language": "xx"})

    assert Person.objects.get(pk=world.mentor.pk).language == "en"


@pytest.mark.parametrize("address", ["/language/", "/theme/"])
@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_to_another_site(
    client: Client, db: None, address: str, elsewhere: str
) -> None:
    answer = client.post(address, {"language": "en", "theme": "dark", "next": elsewhere})

    assert answer["Location"] == "/"


@pytest.mark.parametrize(("theme", "shown"), [("dark", True), ("light", True), ("device", False)])
def test_the_theme_is_the_device_s_until_somebody_chooses(
    client: Client, db: None, theme: str, *, shown: bool
) -> None:
    client.post("/theme/", {"theme": theme})

    page = client.get("/account/login/").content.decode()

    assert (f'data-theme="{theme}"' in page) is shown
