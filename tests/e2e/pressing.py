"""Pressing what leads on: a button or a link, and the page it leads to."""

import re

from playwright.sync_api import Locator, Page, expect


def press(where: Page | Locator, name: str | re.Pattern[str]) -> None:
    """A button, or else a link, whose name begins with these words (or fits the pattern). Waits for
    it, because its own page may still be on the way, and then until the next page is there: what a
    click saves is only saved then."""
    begin = re.compile(rf"^\s*{re.escape(name)}(?!\w)") if isinstance(name, str) else name
    button = where.get_by_role("button", name=begin)
    link = where.get_by_role("link", name=begin)
    expect(button.or_(link).first).to_be_visible()
    page = where if isinstance(where, Page) else where.page
    with page.expect_navigation():
        (button if button.count() else link).first.click()
