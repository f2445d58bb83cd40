"""The evidence of an agreement in words: who answered what, as what, when, by what means."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tussenstop.access.rules import RouteRole
from tussenstop.agreements.rules import SIGNATORY


def role_in_words(role: str, capacity: str = "") -> str:
    """What somebody is in an agreement; a signatory is what was written beside their name."""
    if role == SIGNATORY:
        return capacity or _("co-signatory")
    return str(RouteRole(role).label)


def means_in_words(means: str, recorded_by: str = "") -> str:
    """By what means an answer was given."""
    if means == "elsewhere":
        return _("on paper, recorded by %(who)s") % {"who": recorded_by}
    if means == "link":
        return _("by the link sent to their e-mail address")
    return _("signed in")


def grouped(digest: str, size: int = 8) -> list[str]:
    """A digest in groups that an eye can compare."""
    return [digest[place : place + size] for place in range(0, len(digest), size)]


def day(moment: object) -> str:
    """A day as it is written in Belgium, whatever the language."""
    return date_format(moment, "j F Y")  # type: ignore[arg-type]
