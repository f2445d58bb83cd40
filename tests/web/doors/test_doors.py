"""Everything a mentor must do, from a link in a mail, on a phone, without an account."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import ReadingClient
from tests.factories import PersonFactory
from tests.worlds import NOW, World, with_a_draft, with_a_proposal
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.actions import drafts
from tussenstop.agreements.models import Consent, DraftSection
from tussenstop.content import pack
from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import people
from tussenstop.routes.actions.moments import propose_moment
from tussenstop.routes.models import Moment

pytestmark = pytest.mark.usefixtures("on_that_day")


@pytest.fixture
def phone(world: World) -> Client:
    """A browser in which nobody is signed in; everybody reads English."""
    Person.objects.update(language="en")
    return ReadingClient()


def link(world: World, person: Person, purpose: Purpose, subject_id: UUID) -> str:
    """The address in that person's mail."""
    found = links.issue(
        person=person, purpose=purpose, subject_id=subject_id, route_id=world.route.pk, now=NOW
    )
    return f"/d/{links.token_of(found)}/"


def invited(world: World) -> Participation:
    return people.invite(
        by=By(world.student),
        route=world.fresh(),
        person=PersonFactory(name="Nele Nieuw", language="en"),
        role=RouteRole.MENTOR,
        placement=world.placement,
        now=NOW,
    )


def proposed(world: World) -> Moment:
    return propose_moment(
        by=By(world.student),
        stop=world.stop("onboarding"),
        key=uuid7(),
        starts_at=clock.now() + timedelta(days=9),
        minutes=45,
        place="Zaal 2",
        now=NOW,
    )


# Any door


def test_opening_a_link_changes_nothing_however_often_it_is_opened(
    world: World, phone: Client
) -> None:
    part = invited(world)
    address = link(world, part.person, Purpose.ROLE, part.pk)
    before = AuditEntry.objects.count()

    for _scanner in range(3):
        assert phone.get(address).status_code == 200
        assert phone.head(address).status_code == 200

    part.refresh_from_db()
    assert part.accepted_at is None
    assert AuditEntry.objects.count() == before
    assert "sessionid" not in phone.cookies
    assert settings.SESSION_COOKIE_NAME not in phone.cookies


def test_a_door_signs_nobody_in(world: World, phone: Client) -> None:
    part = invited(world)
    address = link(world, part.person, Purpose.ROLE, part.pk)
    phone.post(address, {"answer": "yes"})

    assert phone.get(f"/routes/{world.route.pk}/").status_code == 302


@pytest.mark.parametrize("token", ["nonsense", "0" * 32 + ".made-up", "0" * 32])
def test_a_made_up_link_does_not_exist(world: World, phone: Client, token: str) -> None:
    assert phone.get(f"/d/{token}/").status_code == 404
    assert phone.post(f"/d/{token}/", {"answer": "yes"}).status_code == 404


def test_a_link_that_is_too_old_sends_a_new_one_to_the_same_address(
    world: World, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = invited(world)
    address = link(world, part.person, Purpose.ROLE, part.pk)
    later = NOW + timedelta(days=settings.LINK_DAYS + 1)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: later)
    OutgoingMail.objects.all().delete()

    assert "This link is too old" in phone.get(address).content.decode()
    assert not OutgoingMail.objects.exists()
    page = phone.post(address, {"answer": "yes"}).content.decode()

    assert "Look in your mail" in page
    part.refresh_from_db()
    assert part.accepted_at is None
    sent = OutgoingMail.objects.get()
    assert sent.to == part.person.email
    assert address not in sent.text
    assert phone.get(address).status_code == 404
    assert phone.get(f"/d/{sent.text.split('/d/')[1].split('/')[0]}/").status_code == 200


def test_when_a_role_ends_its_links_stop_opening(world: World, phone: Client) -> None:
    revision = with_a_proposal(world)
    address = link(world, world.mentor, Purpose.AGREEMENT, revision.agreement_id)
    assert phone.get(address).status_code == 200

    people.end_role(
        by=By(world.student), route=world.fresh(), part=world.part(world.mentor), now=NOW
    )

    assert phone.get(address).status_code == 404
    assert phone.post(address, {"answer": "yes", "number": "1"}).status_code == 404
    assert not Consent.objects.filter(party__person=world.mentor).exists()


def test_a_link_opens_one_thing_and_not_another(world: World, phone: Client) -> None:
    """An agreement's door with the id of a role in it is nobody's door."""
    part = invited(world)

    assert phone.get(link(world, part.person, Purpose.AGREEMENT, part.pk)).status_code == 404


# A role


@pytest.mark.parametrize(("answer", "said"), [("yes", "You said yes on"), ("no", "You said no on")])
def test_a_role_is_answered_with_one_tap(
    world: World, phone: Client, answer: str, said: str
) -> None:
    part = invited(world)
    address = link(world, part.person, Purpose.ROLE, part.pk)

    for _tap in range(2):
        assert phone.post(address, {"answer": answer}).status_code == 302

    part.refresh_from_db()
    assert bool(part.accepted_at) == (answer == "yes")
    assert bool(part.declined_at) == (answer == "no")
    if answer == "yes":
        assert said in phone.get(address).content.decode()
    entry = AuditEntry.objects.get(
        code=f"people.{'accepted' if answer == 'yes' else 'declined'}", actor_label="Nele Nieuw"
    )
    assert entry.means == "link"


@pytest.mark.parametrize("data", [{}, {"answer": ""}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_decides_nothing(
    world: World, phone: Client, data: dict[str, str]
) -> None:
    part, moment = invited(world), proposed(world)

    assert phone.post(link(world, part.person, Purpose.ROLE, part.pk), data).status_code == 400
    assert phone.post(link(world, world.mentor, Purpose.MOMENT, moment.pk), data).status_code == 400

    part.refresh_from_db()
    assert part.accepted_at is None
    assert part.declined_at is None
    assert moment.answers.get(person=world.mentor).suits is None


def test_after_a_yes_the_door_leads_on_to_what_is_asked_next(world: World, phone: Client) -> None:
    drafts.begin_start_agreement(
        by=By(world.student), route=world.fresh(), placement=world.placement, now=NOW
    )
    address = link(world, world.mentor, Purpose.ROLE, world.part(world.mentor).pk)

    assert "waits for your words" in phone.get(address).content.decode()
    next_page = phone.post(address, {"answer": "next"})

    assert next_page.status_code == 302
    assert phone.get(next_page["Location"]).status_code == 200


# An agreement


def test_the_own_part_is_written_behind_the_door(world: World, phone: Client) -> None:
    agreement = with_a_draft(world)
    address = link(world, world.mentor, Purpose.AGREEMENT, agreement.pk)
    section = DraftSection.objects.get(agreement=agreement, key="expectations_mentor")
    question = next(iter(pack().start_agreement["expectations_mentor"].fields))
    page = phone.get(address).content.decode()
    assert f'name="{question}"' in page
    assert "expectations_student" not in page

    answer = phone.post(
        address,
        {"part": section.key, "seen": str(section.version), question: "Elke donderdag samen."},
    )

    assert answer.status_code == 302
    section.refresh_from_db()
    assert section.values[question] == "Elke donderdag samen."
    assert "Elke donderdag samen." in phone.get(address).content.decode()


def test_somebody_elses_part_is_not_written_behind_the_door(world: World, phone: Client) -> None:
    agreement = with_a_draft(world)
    before = DraftSection.objects.get(agreement=agreement, key="expectations_student").values

    answer = phone.post(
        link(world, world.mentor, Purpose.AGREEMENT, agreement.pk),
        {"part": "expectations_student", "seen": "0", "learn": "Iets anders."},
    )

    assert answer.status_code == 404
    assert (
        DraftSection.objects.get(agreement=agreement, key="expectations_student").values == before
    )


def test_the_text_is_agreed_to_behind_the_door_and_the_evidence_says_so(
    world: World, phone: Client
) -> None:
    revision = with_a_proposal(world)
    address = link(world, world.mentor, Purpose.AGREEMENT, revision.agreement_id)
    assert "I agree" in phone.get(address).content.decode()

    for _tap in range(2):
        assert phone.post(address, {"answer": "yes", "number": "1"}).status_code == 302

    consent = Consent.objects.get(party__person=world.mentor)
    assert (consent.answer, consent.means) == ("yes", "link")
    assert "You agreed to this text." in phone.get(address).content.decode()


def test_before_an_answer_nobody_is_told_that_they_answered(world: World, phone: Client) -> None:
    revision = with_a_proposal(world)

    page = phone.get(
        link(world, world.mentor, Purpose.AGREEMENT, revision.agreement_id)
    ).content.decode()

    for said in ("You agreed to this text", "You asked for a change", "You did not agree"):
        assert said not in page


def test_asking_for_a_change_needs_words_and_keeps_what_was_chosen(
    world: World, phone: Client
) -> None:
    revision = with_a_proposal(world)
    address = link(world, world.mentor, Purpose.AGREEMENT, revision.agreement_id)
    asked = {"answer": "change", "number": "1", "section": "practical"}

    refused = phone.post(address, {**asked, "reason": "  "})

    assert refused.status_code == 409
    assert "Say in a few words" in refused.content.decode()
    assert 'value="practical" selected' in refused.content.decode()
    assert phone.post(address, {**asked, "reason": "Liever woensdag."}).status_code == 302
    assert Consent.objects.get(party__person=world.mentor).reason == "Liever woensdag."


# A date


@pytest.mark.parametrize(("answer", "suits"), [("yes", True), ("no", False)])
def test_a_date_is_answered_with_one_tap(
    world: World, phone: Client, answer: str, *, suits: bool
) -> None:
    moment = proposed(world)
    address = link(world, world.mentor, Purpose.MOMENT, moment.pk)
    assert "Zaal 2" in phone.get(address).content.decode()

    assert phone.post(address, {"answer": answer, "word": "Wel dinsdag."}).status_code == 302

    assert moment.answers.get(person=world.mentor).suits is suits
    page = phone.get(address).content.decode()
    assert ("You said that it suits you." in page) is suits


def test_a_date_that_was_not_asked_of_somebody_does_not_exist_for_them(
    world: World, phone: Client
) -> None:
    moment = proposed(world)

    assert phone.get(link(world, world.stranger, Purpose.MOMENT, moment.pk)).status_code == 404
