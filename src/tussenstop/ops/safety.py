"""What is unsafe for production, each in a sentence that says what to do."""

from django.conf import settings
from django.db import DatabaseError

from tussenstop.core import sealed


def findings() -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("TUSSENSTOP_DEBUG is on: error pages would show the inside of the product.")
    if settings.DEMO:
        found.append("TUSSENSTOP_DEMO is on: anybody can sign in as the demo people.")
    if not settings.SECURE:
        found.append("TUSSENSTOP_BASE_URL does not start with https://: sign-ins can be overheard.")
    if not settings.MAIL_URL:
        found.append("TUSSENSTOP_MAIL_URL is not set: no mail leaves, so nobody can sign in.")
    if settings.MAILBOX and not settings.MAIL_URL:
        found.append("The local mailbox is open: anybody can read every mail, codes included.")
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        found.append("TUSSENSTOP_MAIL_FROM is not set: mail will look like it comes from nowhere.")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("TUSSENSTOP_ALLOWED_HOSTS allows every name: name your own.")
    if len(settings.SECRET_KEY) < 40:
        found.append("TUSSENSTOP_SECRET_KEY is short: use at least 40 random characters.")
    if not sealed_values_can_be_read():
        found.append("Some sealed values can't be opened: put the secret that sealed them back.")
    return found


def sealed_values_can_be_read() -> bool:
    """Without a database that answers there is nothing to say about it."""
    try:
        return sealed.readable()
    except DatabaseError:
        return True
