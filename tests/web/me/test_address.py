"""Another e-mail address: asked for, proven by a code, and what comes along with it."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.core.returning import left, report
from tests.factories import PersonFactory
from tests.routelog.test_log import writes
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.core import mail, mail_addresses, mail_returns
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.messages.models import Notice
from tussenstop.people.models import Person

NEW = "mo.thuis@example.org"


def ask(browser: Client, email: str = NEW) -> str:
    """The page one reads then."""
    return browser.post(reverse("account_email"), {"email": email}, follow=True).content.decode()


def mails_to(address: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to=address).order_by("created_at", "pk"))


def code_to(address: str) -> str:
    return mails_to(address)[-1].subject.split()[0]


def confirm(browser: Client, code: str, email: str = NEW) -> str:
    answer = browser.post(reverse("address_code"), {"code": code, "email": email}, follow=True)
    return answer.content.decode()


def address_of(person: Person) -> str:
    return Person.objects.get(pk=person.pk).email


def lets_in(address: str, mailoutbox: list[EmailMessage]) -> bool:
    """Whether a code that comes to this address lets somebody in."""
    browser, before = ReadingClient(), OutgoingMail.objects.count()
    browser.post(reverse("account_request_login_code"), {"email": address})
    assert OutgoingMail.objects.count() + len(mailoutbox) > before
    code = mailoutbox[-1].subject.split()[0]
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    return browser.get("/").status_code == 200


def test_the_old_address_holds_until_the_code_is_typed(
    world: World, signed_in: SignIn, mailoutbox: list[EmailMessage]
) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)

    text = ask(browser)

    assert NEW in text
    assert address_of(world.mentor) == old
    assert lets_in(old, mailoutbox)

    text = confirm(browser, code_to(NEW))

    assert f"you sign in with {NEW}" in text
    assert address_of(world.mentor) == NEW
    assert lets_in(NEW, mailoutbox)
    assert not lets_in(old, mailoutbox)


def test_the_link_in_the_mail_fills_the_code_in_and_changes_nothing(
    world: World, signed_in: SignIn
) -> None:
    browser = signed_in(world.mentor)
    ask(browser)
    found = re.search(r"https?://[^/]+(/account/email/code/\S+)", mails_to(NEW)[-1].text)
    assert found

    text = browser.get(found[1]).content.decode()

    assert f'value="{code_to(NEW)}"' in text
    assert address_of(world.mentor) != NEW
    assert ReadingClient().get(found[1]).status_code == 302  # sign in first


def test_a_code_may_be_typed_in_small_letters_and_without_its_dash(
    world: World, signed_in: SignIn
) -> None:
    browser = signed_in(world.mentor)
    ask(browser)

    confirm(browser, f" {code_to(NEW).replace('-', '').lower()} ")

    assert address_of(world.mentor) == NEW


def test_five_wrong_codes_are_the_end_of_it(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)
    ask(browser)
    for _try in range(5):
        assert "not the code we sent" in confirm(browser, "WRONG")

    text = confirm(browser, code_to(NEW))

    assert "no longer works" in text
    assert address_of(world.mentor) != NEW


def test_a_code_works_for_a_quarter_of_an_hour(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(world.mentor)
    ask(browser)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW + timedelta(minutes=15))

    assert "no longer works" in confirm(browser, code_to(NEW))
    assert address_of(world.mentor) != NEW


def test_the_code_of_one_is_of_no_use_to_another(world: World, signed_in: SignIn) -> None:
    ask(signed_in(world.mentor))

    confirm(signed_in(world.teacher), code_to(NEW))

    assert NEW not in Person.objects.values_list("email", flat=True)


def test_the_last_address_asked_for_counts(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)
    ask(browser, "typo@example.org")
    ask(browser)

    confirm(browser, code_to("typo@example.org"))
    assert address_of(world.mentor) not in {NEW, "typo@example.org"}
    confirm(browser, code_to(NEW))

    assert address_of(world.mentor) == NEW


def test_the_same_tap_twice_is_once(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)
    ask(browser)
    code = code_to(NEW)

    texts = [confirm(browser, code) for _tap in range(2)]

    assert all(f"you sign in with {NEW}" in text for text in texts)
    assert AuditEntry.objects.filter(code="person.address_changed").count() == 1


def test_one_cannot_tell_whether_an_address_is_somebodys(world: World, signed_in: SignIn) -> None:
    def read(address: str) -> str:
        text = ask(signed_in(world.mentor), address)
        return re.sub(r'csrfmiddlewaretoken" value="\w+|nonce="[^"]+', "", text).replace(
            address, "…"
        )

    assert read(world.teacher.email.upper()).replace(world.teacher.email, "…") == read(NEW)


def test_whose_address_it_is_hears_it_and_no_code_comes(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)

    ask(browser, world.teacher.email)

    told = mails_to(world.teacher.email)[-1]
    assert told.subject == "Your address is yours already"
    assert world.mentor.name not in told.text
    assert "code" not in told.text
    assert address_of(world.mentor) != world.teacher.email


def test_ones_own_address_is_no_change(world: World, signed_in: SignIn) -> None:
    assert "your address already" in ask(signed_in(world.mentor), world.mentor.email.upper())


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, signed_in: SignIn) -> None:
    text = ask(signed_in(world.mentor), "mo at home")

    assert "mo at home" in text
    assert 'aria-invalid="true"' in text


def test_a_mailbox_of_another_cannot_be_filled(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)

    texts = [ask(browser) for _tap in range(6)]

    assert "Wait an hour" in texts[-1]
    assert len(mails_to(NEW)) == 5


def test_the_old_address_hears_that_it_changed_and_not_to_what(
    world: World, signed_in: SignIn
) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)
    ask(browser)

    confirm(browser, code_to(NEW))

    last = mails_to(old)[-1]
    assert last.subject == "You have another e-mail address for Tussenstop"
    assert world.organisation_coordinator.email in last.text  # whom to tell if it was not you
    assert NEW not in last.text + last.html


def test_the_change_is_written_down(world: World, signed_in: SignIn) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)
    ask(browser)

    confirm(browser, code_to(NEW))

    entry = AuditEntry.objects.get(code="person.address_changed")
    assert entry.actor_id == entry.subject_id == world.mentor.pk
    assert entry.params["was"] == old


def test_what_was_still_on_its_way_follows(world: World, signed_in: SignIn) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)
    waits = mail.post(to=old, subject="Waits", text="", leave_at=NOW + timedelta(hours=9))
    went = mail.post(to=old, subject="Went", text="")
    OutgoingMail.objects.filter(pk=went.pk).update(sent_at=NOW)
    failed = mail.post(to=old, subject="Failed", text="")
    OutgoingMail.objects.filter(pk=failed.pk).update(failed_at=NOW)
    theirs = mail.post(to=world.teacher.email, subject="Of another", text="")
    ask(browser)

    confirm(browser, code_to(NEW))

    now_to = dict(OutgoingMail.objects.values_list("pk", "to"))
    assert now_to[waits.pk] == now_to[failed.pk] == NEW
    assert now_to[went.pk] == old
    assert now_to[theirs.pk] == world.teacher.email


def test_what_was_known_of_the_old_address_no_longer_holds(world: World, signed_in: SignIn) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)
    for _letter in range(3):
        mail_returns.take(report(left(old)), to="", now=NOW)
    text = browser.get(reverse("notices")).content.decode()
    assert f'href="{reverse("account_email")}"' in text  # the hint leads here
    ask(browser)
    before = len(mails_to(old))

    confirm(browser, code_to(NEW))

    assert "Your mail comes back" not in browser.get(reverse("notices")).content.decode()
    assert mail_addresses.unreachable() == 0
    assert len(mails_to(old)) <= before  # nothing more is sent where nothing arrives


def test_links_in_old_letters_act_no_more_and_send_a_new_one_to_the_new_address(
    world: World, signed_in: SignIn
) -> None:
    browser = signed_in(world.mentor)
    link = links.issue(
        person=world.mentor,
        purpose=Purpose.LOG,
        subject_id=world.route.pk,
        route_id=world.route.pk,
        now=NOW,
    )
    door = f"/d/{links.token_of(link)}/"
    assert "too old" not in ReadingClient().get(door).content.decode()
    ask(browser)

    confirm(browser, code_to(NEW))

    assert "too old" in ReadingClient().get(door).content.decode()
    ReadingClient().post(door)
    assert mails_to(NEW)[-1].subject == "Your new link"


def test_what_was_written_before_still_opens_on_the_page(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.mentor)
    writes(world, world.student, to=(world.mentor,), now=NOW)
    notice = Notice.objects.filter(person=world.mentor).order_by("-pk")[0]
    ask(browser)
    confirm(browser, code_to(NEW))

    def opened(by: Client) -> str:
        return by.get(notice.url).content.decode()

    text = browser.post(reverse("notice_open", args=[notice.pk]), follow=True).content.decode()
    assert "Log of the route" in text
    assert "too old" not in text
    assert "too old" in opened(ReadingClient())
    assert "too old" in opened(signed_in(world.teacher))


def test_who_has_a_password_types_it_again_first(world: World, signed_in: SignIn) -> None:
    world.mentor.set_password("een lang wachtwoord")
    world.mentor.save()
    browser = signed_in(world.mentor)

    answer = browser.post(reverse("account_email"), {"email": NEW})

    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert mails_to(NEW) == []
    text = browser.post(
        answer["Location"], {"password": "een lang wachtwoord"}, follow=True
    ).content.decode()
    assert NEW in text  # what was typed is not typed again
    assert len(mails_to(NEW)) == 1


def test_a_code_to_sign_in_that_came_to_the_old_address_lets_nobody_in_any_more(
    world: World, signed_in: SignIn, mailoutbox: list[EmailMessage]
) -> None:
    old, browser, elsewhere = world.mentor.email, signed_in(world.mentor), ReadingClient()
    elsewhere.post(reverse("account_request_login_code"), {"email": old})
    code = mailoutbox[-1].subject.split()[0]
    ask(browser)
    confirm(browser, code_to(NEW))

    elsewhere.post(reverse("account_confirm_login_code"), {"code": code})

    assert elsewhere.get("/").status_code == 302


def test_an_address_that_another_proved_meanwhile_is_refused_kindly(
    world: World, signed_in: SignIn
) -> None:
    old, browser = world.mentor.email, signed_in(world.mentor)
    ask(browser)
    PersonFactory(email=NEW)

    text = confirm(browser, code_to(NEW))

    assert "in use here by now" in text
    assert address_of(world.mentor) == old
    assert not EmailAddress.objects.filter(user=world.mentor, email=NEW).exists()


def test_without_a_code_that_waits_one_is_asked_for_the_address(
    world: World, signed_in: SignIn
) -> None:
    answer = signed_in(world.mentor).get(reverse("address_code"))

    assert answer["Location"] == reverse("account_email")
