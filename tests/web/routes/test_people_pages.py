"""Who travels along: ask, ask again, end, hand over, and answer when one is asked."""

import pytest
from django.test import Client

from tests.web.conftest import SignIn
from tests.worlds import World, with_a_proposal
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.models import Revision
from tussenstop.core.models import OutgoingMail
from tussenstop.people.models import Person


def address(world: World, rest: str = "") -> str:
    return f"/routes/{world.route.pk}/people/{rest}"


def asked(world: World, client: Client, **other: str) -> int:
    """Ask somebody new to be mentor; the status of the answer."""
    data = {
        "name": "Nele Nieuw",
        "email": "nele@example.org",
        "language": "en",
        "role": "mentor",
        "placement": str(world.placement.pk),
        "note": "Fijn dat je wilt.",
        **other,
    }
    return client.post(address(world, "invite/"), data).status_code


def parts_of(world: World, email: str) -> list[Participation]:
    return list(Participation.objects.filter(route=world.route, person__email=email))


def test_somebody_is_asked_by_name_and_address(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.student)
    OutgoingMail.objects.all().delete()

    for _click in range(2):
        asked(world, client)

    assert len(parts_of(world, "nele@example.org")) == 1
    mail = OutgoingMail.objects.filter(to="nele@example.org").first()
    assert mail is not None
    assert "/d/" in mail.text
    page = client.get(address(world)).content.decode()
    assert "Nele Nieuw" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "geen adres"},
        {"name": ""},
        {"role": ""},
        {"role": "programme_coordinator"},
        {"placement": "nonsense"},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, signed_in: SignIn, wrong: dict[str, str]
) -> None:
    client = signed_in(world.student)
    data = {"name": "Nele Nieuw", "email": "nele@example.org", "role": "mentor", **wrong}

    answer = client.post(
        address(world, "invite/"), {"placement": str(world.placement.pk), "language": "nl", **data}
    )

    assert answer.status_code == 422
    assert "Nele Nieuw" in answer.content.decode() or wrong.get("name") == ""
    assert not Person.objects.filter(email="nele@example.org").exists()


def test_the_student_can_not_be_asked_as_their_own_mentor(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)

    assert asked(world, client, email=world.student.email, name="Sara Student") == 422
    assert len(parts_of(world, world.student.email)) == 1


def test_who_did_not_answer_yet_gets_the_mail_once_more(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.student)
    asked(world, client)
    (part,) = parts_of(world, "nele@example.org")
    before = OutgoingMail.objects.filter(to="nele@example.org").count()

    client.post(address(world, f"{part.pk}/again/"))

    mails = OutgoingMail.objects.filter(to="nele@example.org").order_by("created_at")
    assert len(mails) == before + 1
    assert {text.split("/d/")[1].split("/")[0] for text in mails.values_list("text", flat=True)}


def test_a_role_is_ended_and_its_holder_sees_the_route_no_more(
    world: World, signed_in: SignIn
) -> None:
    part = world.part(world.godparent)

    for _click in range(2):
        signed_in(world.student).post(address(world, f"{part.pk}/end/"))

    assert signed_in(world.godparent).get(f"/routes/{world.route.pk}/").status_code == 404
    assert "Marleen Meter" not in signed_in(world.student).get(address(world)).content.decode()


def test_a_role_goes_to_somebody_else_with_what_was_asked_of_it(
    world: World, signed_in: SignIn
) -> None:
    first = with_a_proposal(world)
    part = world.part(world.mentor)

    answer = signed_in(world.student).post(
        address(world, f"{part.pk}/successor/"),
        {"name": "Nele Nieuw", "email": "nele@example.org", "language": "nl"},
    )

    assert answer.status_code == 302
    newest = Revision.objects.filter(agreement=first.agreement).latest("number")
    assert newest.number == 2
    names = set(newest.parties.values_list("name", flat=True))
    assert "Nele Nieuw" in names
    assert "Mo Mentor" not in names
    assert OutgoingMail.objects.filter(to=world.mentor.email).exists()


@pytest.mark.parametrize("who", ["student", "mentor"])
def test_the_student_and_the_holder_do_not_take_a_role_over(
    world: World, signed_in: SignIn, who: str
) -> None:
    part, person = world.part(world.mentor), getattr(world, who)

    answer = signed_in(world.organisation_coordinator).post(
        address(world, f"{part.pk}/successor/"),
        {"name": person.name, "email": person.email, "language": "nl"},
    )

    assert answer.status_code == 422
    assert world.part(world.mentor).ended_at is None


def test_the_student_s_own_place_is_nobody_s_to_hand_over(world: World, signed_in: SignIn) -> None:
    part = world.part(world.student)

    assert (
        signed_in(world.programme_coordinator)
        .get(address(world, f"{part.pk}/successor/"))
        .status_code
        == 403
    )


@pytest.mark.parametrize(("answer", "lands"), [("yes", 200), ("no", 404)])
def test_who_is_signed_in_answers_on_a_page(
    world: World, signed_in: SignIn, answer: str, lands: int
) -> None:
    asked(world, signed_in(world.student))
    (part,) = parts_of(world, "nele@example.org")
    client = signed_in(part.person)
    assert "Do you travel along" in client.get(f"/roles/{part.pk}/").content.decode()

    client.post(f"/roles/{part.pk}/", {"answer": answer})

    assert client.get(f"/routes/{world.route.pk}/").status_code == lands


def test_a_role_of_somebody_else_does_not_exist_for_me(world: World, signed_in: SignIn) -> None:
    asked(world, signed_in(world.student), role=RouteRole.MENTOR)
    (part,) = parts_of(world, "nele@example.org")

    assert signed_in(world.mentor).get(f"/roles/{part.pk}/").status_code == 404
    answer = signed_in(world.mentor).post(f"/roles/{part.pk}/", {"answer": "yes"})
    assert answer.status_code == 404
    part.refresh_from_db()
    assert part.accepted_at is None
