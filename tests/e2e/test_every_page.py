"""Every page in Chromium: on a phone and a desk, light and dark, in both languages.

The pages come from the table of addresses, so that a new page is looked at without being added
here. Each is opened as the first person the table lets in.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.contracts.access_rows import RELATIONS, Case, make_case
from tests.contracts.access_table import LIBRARY_SIGNED_IN, TABLE
from tests.e2e.conftest import DESKTOP, PHONE, Visit
from tussenstop.core import clock
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

# Not a page: a file, an answer for machines, or a form that is only sent.
NO_PAGE = {
    "agreement_pdf",
    "position_pdf",
    "agreement_scan",
    "calendar_link_file",
    "hours_excel",
    "hours_pdf",
    "hours_worker",
    "journal_file",
    "rehearsal_csv",
    "leave_pdf",
    "rehearsal_xlsx",
    "import_example_csv",
    "import_example_xlsx",
    "import_problems",
    "healthz",
    "push_worker",
    "mfa_download_recovery_codes",
}
# Only there once something was set up that these worlds do not have.
NOT_SET_UP = {
    "mfa_deactivate_totp",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
# Only for who has a password; whoever has none signs in with a code.
WITH_A_PASSWORD = {"account_change_password", "account_reauthenticate"}
AXE = Axe().axe_script
BREACHES = "options => axe.run(document, options).then((found) => found.violations)"
EVERYTHING: dict[str, object] = {"resultTypes": ["violations"]}
ONLY_COLOUR: dict[str, object] = {**EVERYTHING, "runOnly": ["color-contrast"]}


def pages(case: Case) -> Iterator[tuple[str, Person | None, str]]:
    """Name, who opens it, address."""
    for name, row in TABLE.items():
        who = next((r for r in RELATIONS if row.get.of(r) == 200), None)
        if who and name not in NO_PAGE:
            person = None if who == "anonymous" else case.person(who)
            yield name, person, reverse(name, kwargs=row.kwargs(case))
    for name in sorted(LIBRARY_SIGNED_IN - NO_PAGE - NOT_SET_UP):
        yield (
            name,
            case.world.coach if name in WITH_A_PASSWORD else case.world.student,
            reverse(name),
        )
    for name in ("about", "privacy", "verify", "account_login", "account_request_login_code"):
        yield f"{name} (signed out)", None, reverse(name)
    yield "a page that does not exist", case.world.student, "/does-not-exist/"


def problems(page: Page, *, language: str) -> Iterator[str]:
    """What is wrong with the page as it stands in the browser. The colours of the dark theme are
    the same in every language, and looked at in one."""
    page.evaluate(AXE)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            yield f"{wide} pixels wide on {size['width']}"
        yield from breaches(page, f"{size['width']} light", EVERYTHING)
        if language == "nl":
            page.emulate_media(color_scheme="dark")
            yield from breaches(page, f"{size['width']} dark", ONLY_COLOUR)


def breaches(page: Page, where: str, options: dict[str, object]) -> Iterator[str]:
    """Rules of accessibility that the page breaks, as it is shown now."""
    for found in page.evaluate(BREACHES, options):
        nodes = "; ".join(node["html"][:160] for node in found["nodes"][:3])
        yield f"{where}: {found['help']}: {nodes}"


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_sound(visit: Visit, language: str, half: int) -> None:
    case = make_case(now=clock.now())
    case.world.coach.set_password("een lang wachtwoord")
    case.world.coach.save()
    found: dict[str, list[str]] = {}
    opened: dict[Person | None, Page] = {}
    said: list[str] = []
    for name, person, address in list(pages(case))[half::2]:
        if person not in opened:
            page = visit(person, "/about/", language=language)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
            opened[person] = page
        page = opened[person]
        said.clear()
        answer = page.goto(address)
        assert answer is not None
        if answer.status == 404:
            said[:] = [text for text in said if "404" not in text]
        problem = [*problems(page, language=language), *said]
        if page.locator("html").get_attribute("lang") != language:
            problem.append("in the other language")
        if settings.LOGIN_URL in page.url and "login" not in name:
            problem.append("asks to sign in")
        if problem:
            found[f"{name} {address}"] = list(dict.fromkeys(problem))
    assert not found, "\n".join(f"{page}: {what}" for page, all_ in found.items() for what in all_)
