"""The pages of the journal: write in seconds, find again, share a part, take it back."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.reflection.writing import (
    ACTION,
    CANARY,
    SITUATION,
    a_photo,
    a_voice,
    keeps,
    shares,
    writes,
    writes_starr,
)
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.reflection.actions import prompting
from tussenstop.reflection.models import Entry, EntryFile, EntryLook, Share
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context

pytestmark = pytest.mark.django_db

JSON = {"accept": "application/json"}


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def typed(world: World, text: str = CANARY, **changes: object) -> dict[str, object]:
    return {
        "version": "0",
        "pen": str(uuid7()),
        "stroke": "0",
        "form": "free",
        "prompt": "",
        "theme": "",
        "route": str(world.route.pk),
        "t-free": text,
        **changes,
    }


def write_url(entry_id: UUID | None = None) -> str:
    return reverse("journal_write", args=[entry_id or uuid7()])


def entry_url(entry: Entry) -> str:
    return reverse("journal_entry", args=[entry.pk])


def test_an_empty_journal_invites(student: Client) -> None:
    text = student.get(reverse("journal")).text
    assert "Nothing here yet" in text
    assert "A question for this week" in text
    assert "STARR" in text


def test_something_is_written_and_read_again(student: Client, world: World) -> None:
    response = student.post(write_url(), typed(world), follow=True)
    assert CANARY in response.text
    assert "Only you." in response.text
    assert CANARY in student.get(reverse("journal")).text


def test_it_saves_itself_while_one_writes(student: Client, world: World) -> None:
    url, window = write_url(), str(uuid7())
    first = student.post(url, typed(world, "a", pen=window, stroke="1"), headers=JSON).json()
    assert first["version"] == 1
    assert "Saved at" in first["saved"]
    later = student.post(url, typed(world, "ab", pen=window, stroke="2"), headers=JSON).json()
    assert later["version"] == 2
    assert Entry.objects.get().texts == {"free": "ab"}
    assert "ab" in student.get(url).text


def test_an_empty_page_saves_nothing(student: Client, world: World) -> None:
    assert student.post(write_url(), typed(world, " "), headers=JSON).json()["version"] == 0
    assert not Entry.objects.exists()


def test_the_second_window_sees_both_texts(student: Client, world: World) -> None:
    entry = writes(world, texts={"free": "eerste venster"})
    url = write_url(entry.pk)
    quiet = student.post(url, typed(world, "tweede venster"), headers=JSON)
    assert quiet.status_code == 409
    response = student.post(url, typed(world, "tweede venster"))
    assert response.status_code == 422
    assert "eerste venster" in response.text
    assert "tweede venster" in response.text
    assert Entry.objects.get().texts == {"free": "eerste venster"}
    student.post(url, typed(world, "tweede venster", version="1"))
    assert Entry.objects.get().texts == {"free": "tweede venster"}


def test_choosing_another_form_keeps_the_text(student: Client, world: World) -> None:
    url = write_url()
    response = student.post(url, typed(world, switch="starr"), follow=True)
    assert "Where were you, and what happened?" in response.text
    assert CANARY in response.text
    assert "What you wrote in another form" in response.text
    data = typed(world, version="1", form="starr", **{f"t-{SITUATION}": "Aan de balie"})
    student.post(url, data)
    assert Entry.objects.get().texts == {"free": CANARY, SITUATION: "Aan de balie"}


def test_a_step_that_was_not_on_the_screen_is_not_emptied(student: Client, world: World) -> None:
    entry = writes_starr(world)
    data = typed(world, version="1", form="starr", **{f"t-{SITUATION}": "Anders"})
    del data["t-free"]
    student.post(write_url(entry.pk), data)
    assert Entry.objects.get().texts == {SITUATION: "Anders", ACTION: CANARY}


def test_a_question_sets_the_page_up(student: Client, world: World) -> None:
    text = student.get(reverse("journal_new"), {"prompt": "room"}).text
    assert "What gave you room to breathe this week" in text
    student.post(write_url(), typed(world, prompt="room", theme="balance"))
    entry = Entry.objects.get()
    assert (entry.prompt, entry.theme) == ("room", "balance")
    assert "What gave you room to breathe this week" in student.get(entry_url(entry)).text


def test_a_given_question_says_from_whom(student: Client, world: World) -> None:
    given = prompting.add(
        by=By(world.mentor),
        key=uuid7(),
        text="Wie verraste je?",
        theme="",
        route=world.fresh(),
        now=NOW,
    )
    page = student.get(reverse("journal_new"), {"prompt": str(given.pk)}).text
    assert "Wie verraste je?" in page
    assert "from Mo Mentor" in page
    student.post(write_url(), typed(world, prompt=str(given.pk)))
    assert Entry.objects.get().prompt_text == "Wie verraste je?"


def test_another_question_comes_at_a_tap(student: Client) -> None:
    def shown(further: int) -> str:
        page = student.get(reverse("journal"), {"another": further}).text
        return page.split('class="prompt-text">')[1].split("<")[0]

    assert shown(0) == shown(0)
    assert len({shown(further) for further in range(4)}) == 4


def test_one_finds_again_what_one_wrote(student: Client, world: World) -> None:
    writes(world, texts={"free": "over de balie"})
    writes(world, texts={"free": "over de bus"}, theme="culture")
    text = student.get(reverse("journal"), {"q": "BALIE"}).text
    assert "over de balie" in text
    assert "over de bus" not in text
    assert "over de bus" in student.get(reverse("journal"), {"theme": "culture"}).text
    assert "Nothing found" in student.get(reverse("journal"), {"q": "trein"}).text


def test_the_journal_costs_the_same_for_one_as_for_three(
    student: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 3):
        while Entry.objects.count() < number:
            moment = NOW + timedelta(minutes=Entry.objects.count())
            shares(world, writes_starr(world, now=moment), world.mentor, ACTION)
        with django_assert_num_queries(10):
            student.get(reverse("journal"))


def test_one_step_is_shared_and_taken_back(student: Client, mentor: Client, world: World) -> None:
    entry = writes_starr(world)
    url = reverse("journal_share", args=[entry.pk])
    assert "checked" not in student.get(url).text.split("<fieldset")[1]
    chosen = {"version": "0", f"r_{world.mentor.pk.hex}": [SITUATION]}
    assert "Mo Mentor" in student.post(url, chosen, follow=True).text
    page = mentor.get(entry_url(entry)).text
    assert "Aan het onthaal stond een rij" in page
    assert CANARY not in page
    listed = mentor.get(reverse("route_reflection", args=[world.route.pk])).text
    assert "Aan het onthaal stond een rij" in listed
    assert CANARY not in listed
    seen = student.get(entry_url(entry)).text
    assert "looked on" in seen
    assert "reads: Situation" in seen
    stop = reverse("journal_stop_sharing", args=[entry.pk])
    student.post(stop, {"reader": str(world.mentor.pk)})
    assert mentor.get(entry_url(entry)).status_code == 404
    again = mentor.get(reverse("route_reflection", args=[world.route.pk])).text
    assert "Aan het onthaal" not in again
    assert EntryLook.objects.count() == 1


def test_a_choice_made_elsewhere_meanwhile_is_looked_at_again(
    student: Client, world: World
) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.coach, ACTION)
    url = reverse("journal_share", args=[entry.pk])
    chosen = {"version": "0", f"r_{world.mentor.pk.hex}": [SITUATION]}
    assert student.post(url, chosen).status_code == 422
    assert Share.objects.get().reader == world.coach
    student.post(url, {**chosen, "version": "1"})
    assert Share.objects.get().reader == world.mentor


@pytest.mark.parametrize("theme", ["balance", "motivation"])
def test_of_balance_and_motivation_nothing_is_ticked_for_the_employer(
    student: Client, world: World, theme: str
) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    entry = writes(world, theme=theme)
    text = student.get(reverse("journal_share", args=[entry.pk])).text
    assert "nothing is ticked" in text
    assert "Works for the employer where you work too." in text
    assert " checked" not in text


def test_without_a_route_it_is_asked_first(student: Client, world: World) -> None:
    entry = writes(world, route=None)
    url = reverse("journal_share", args=[entry.pk])
    assert "First choose the route" in student.get(url).text
    student.post(url, {"route": str(world.route.pk)})
    assert Entry.objects.get().route == world.route
    assert Entry.objects.get().texts == {"free": CANARY}
    assert not Share.objects.exists()


def test_the_question_of_an_entry_is_not_shown_with_a_part(mentor: Client, world: World) -> None:
    entry = writes_starr(world, prompt="room", theme="balance")
    shares(world, entry, world.mentor, SITUATION)
    page = mentor.get(entry_url(entry)).text
    assert "room to breathe" not in page
    assert "Balance" not in page
    shares(world, entry, world.mentor, "")
    assert "room to breathe" in mentor.get(entry_url(entry)).text


def test_a_word_and_an_answer(student: Client, mentor: Client, world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, SITUATION)
    url = reverse("journal_say", args=[entry.pk])
    assert mentor.post(url, {"key": str(uuid7()), "text": ""}).status_code == 422
    mentor.post(url, {"key": str(uuid7()), "text": "Knap gezien."})
    assert "Knap gezien." in student.get(entry_url(entry)).text
    answer = {"key": str(uuid7()), "text": "Dank je.", "reader": str(world.mentor.pk)}
    student.post(url, answer)
    assert "Dank je." in mentor.get(entry_url(entry)).text


def test_deleting_is_asked_once_more(student: Client, mentor: Client, world: World) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    url = reverse("journal_delete", args=[entry.pk])
    assert "Delete for good?" in student.get(url).text
    assert Entry.objects.exists()
    student.post(url)
    assert not Entry.objects.exists()
    assert mentor.get(entry_url(entry)).status_code == 404


def test_a_photo_and_a_voice_are_kept_and_private(
    student: Client, mentor: Client, world: World
) -> None:
    url = reverse("journal_file_add", args=[uuid7()])
    for file, name in ((a_photo(), "foto.jpg"), (a_voice(), "stem.ogg")):
        file.name = name
        student.post(url, {"key": str(uuid7()), "caption": "de balie", "file": file})
    photo, voice = EntryFile.objects.order_by("pk")
    assert (photo.kind, voice.kind) == ("photo", "voice")
    page = student.get(entry_url(Entry.objects.get())).text
    assert "<audio" in page
    assert 'alt="de balie"' in page
    for file_ in (photo, voice):
        address = reverse("journal_file", args=[file_.pk])
        assert student.get(address).status_code == 200
        assert mentor.get(address).status_code == 404
    assert student.get(reverse("journal_file", args=[photo.pk]))["Cache-Control"] == (
        "private, no-store"
    )


def typed_with_a_photo(text: str, **changes: Any) -> dict[str, Any]:
    photo = a_photo()
    photo.name = "foto.jpg"
    typed = {"version": "0", "pen": str(uuid7()), "stroke": "0", "form": "free", "t-free": text}
    return {**typed, "key": str(uuid7()), "caption": "de balie", "file": photo, **changes}


def test_what_was_typed_on_the_page_is_kept_with_the_photo_also_without_script(
    student: Client,
) -> None:
    page = student.get(reverse("journal_new")).text
    assert f'form="write" formaction="{reverse("journal_file_add", args=[uuid7()])[:9]}' in page
    assert re.search(r'<input type="file"[^>]* form="write"', page)
    url = reverse("journal_file_add", args=[uuid7()])
    student.post(url, typed_with_a_photo("Nog niet bewaard."))
    assert Entry.objects.get().texts == {"free": "Nog niet bewaard."}
    assert EntryFile.objects.get().caption == "de balie"
    broken = typed_with_a_photo("Nog iets.", file=io.BytesIO(b"<html>"), version="1")
    assert student.post(url, broken).status_code == 422
    assert Entry.objects.get().texts == {"free": "Nog iets."}


def test_a_photo_does_not_win_from_what_another_window_wrote(student: Client, world: World) -> None:
    entry = writes(world)
    url = reverse("journal_file_add", args=[entry.pk])
    response = student.post(url, typed_with_a_photo("Uit het oude venster.", version="9"))
    assert response.status_code == 422
    assert "Uit het oude venster." in response.text
    assert Entry.objects.get().texts == entry.texts
    assert not EntryFile.objects.exists()


def test_who_began_with_a_photo_types_on_in_the_page_they_had(student: Client) -> None:
    entry_id, photo = uuid7(), a_photo()
    photo.name = "foto.jpg"
    student.post(
        reverse("journal_file_add", args=[entry_id]),
        {"key": str(uuid7()), "caption": "", "file": photo},
    )
    typed = typed_with_a_photo("Erbij geschreven.")
    typed.pop("file")
    assert student.post(reverse("journal_write", args=[entry_id]), typed).status_code == 302
    assert Entry.objects.get().texts == {"free": "Erbij geschreven."}


def test_a_file_we_do_not_know_is_refused_in_words(student: Client, world: World) -> None:
    entry = writes(world)
    file = a_photo()
    file.seek(0)
    file.truncate()
    file.write(b"<html>")
    file.seek(0)
    file.name = "foto.jpg"
    url = reverse("journal_file_add", args=[entry.pk])
    response = student.post(url, {"key": str(uuid7()), "caption": "mijn woorden", "file": file})
    assert response.status_code == 422
    assert "We can&#x27;t read this file." in response.text
    assert "mijn woorden" in response.text


@pytest.mark.parametrize(
    ("asked", "status", "piece", "span"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/1028"),
        ("bytes=1000-", 206, slice(1000, None), "bytes 1000-1027/1028"),
        ("bytes=-4", 206, slice(-4, None), "bytes 1024-1027/1028"),
        ("bytes=0-9999", 206, slice(0, None), "bytes 0-1027/1028"),
        ("bytes=2000-", 416, slice(0, 0), "bytes */1028"),
        ("bytes=0-1,5-6", 200, slice(0, None), None),
        ("nonsense", 200, slice(0, None), None),
    ],
)
def test_a_player_asks_for_a_piece(
    student: Client, world: World, asked: str, status: int, piece: slice, span: str | None
) -> None:
    kept = keeps(world, writes(world), a_voice())
    response = student.get(reverse("journal_file", args=[kept.pk]), headers={"range": asked})
    assert response.status_code == status
    assert response.content == a_voice().getvalue()[piece]
    assert response.get("Content-Range") == span


def test_growth_and_reminder_have_their_pages(student: Client, world: World) -> None:
    assert "This grows with what you write" in student.get(reverse("journal_growth")).text
    entry = writes(world, theme="culture")
    student.post(reverse("journal_highlight", args=[entry.pk]), {"key": "free", "on": "1"})
    text = student.get(reverse("journal_growth")).text
    assert text.count(CANARY) == 2
    reminder = reverse("journal_reminder")
    assert "Now: no reminders." in student.get(reminder).text
    assert student.post(reminder, {"weekday": "9", "hour": "3"}).status_code == 422
    page = student.post(reminder, {"weekday": "5", "hour": "19"}, follow=True).text
    assert "every Friday at 19:00" in page
    assert "Now: no reminders." in student.post(reminder, {"never": "yes"}, follow=True).text


def test_the_route_page_leads_there(student: Client, mentor: Client, world: World) -> None:
    address = reverse("route_reflection", args=[world.route.pk])
    for client in (student, mentor):
        assert address in client.get(reverse("route", args=[world.route.pk])).text
        assert reverse("journal_new") in client.get(reverse("today")).text
        assert reverse("journal") in client.get(reverse("account")).text


def test_partners_see_only_what_is_shared_with_them(
    signed_in: SignIn, student: Client, world: World
) -> None:
    entry = writes_starr(world)
    shares(world, entry, world.mentor, "")
    address = reverse("route_reflection", args=[world.route.pk])
    assert CANARY not in signed_in(world.teacher).get(address).text
    for who in ("teacher", "coach", "godparent", "programme_coordinator"):
        client = signed_in(getattr(world, who))
        assert client.get(entry_url(entry)).status_code == 404
    assert "Aan het onthaal" in student.get(address).text
