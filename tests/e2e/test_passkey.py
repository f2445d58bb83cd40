"""A passkey, made and used in a browser with an authenticator of its own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def with_an_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_who_likes_one_makes_a_passkey_and_signs_in_with_it(visit: Visit) -> None:
    mo = PersonFactory(name="Mo Mentor", email="mo@example.org")
    mo.emailaddress_set.create(email=mo.email, verified=True, primary=True)
    page = visit(mo, "/account/2fa/webauthn/add/")
    with_an_authenticator(page)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)

    page.locator("main input[type=text]").first.fill("Mijn telefoon")
    page.locator("main input[type=checkbox]").check()
    page.locator("main button.primary").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    assert not wrong
    page.goto("/account/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Mijn telefoon")

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_text("Met een wachtwoord of passkey").click()
    page.get_by_role("button", name="Aanmelden met een passkey").click()

    expect(page.locator("h1")).to_have_text("Dag Mo")
    assert not wrong
