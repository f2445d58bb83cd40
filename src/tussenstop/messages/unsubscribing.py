"""The addresses by which one wants fewer mails, without signing in.

Mail programs show them as a button (RFC 8058): they send a POST, and nobody is signed in then. The
address names one person and one kind (or all that comes together), is signed, and can do nothing
but this. A GET, which scanners of mail do, changes nothing.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from tussenstop.core.letters import Footer
from tussenstop.messages.rules import CHOICES, DIGEST
from tussenstop.people.models import Person

_signer = Signer(salt="tussenstop.unsubscribe", sep=".")
WHAT = frozenset({*(kind.value for kind in CHOICES), DIGEST})


def address_of(person_id: UUID, what: str) -> str:
    """`what` is a kind of letter, or what comes together."""
    return f"{settings.BASE_URL}/unsubscribe/{_signer.sign(f'{person_id.hex}-{what}')}/"


def footer(person_id: UUID, what: str) -> Footer:
    """What stands under a letter, and in its headers; in the active language."""
    url = address_of(person_id, what)
    words = _("No more overviews by mail") if what == DIGEST else _("No more mail about this")
    return Footer(
        links=(
            (words, url),
            (_("Choose when you get mail"), f"{settings.BASE_URL}/notices/preferences/"),
        ),
        headers={
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def find(token: str) -> tuple[Person, str] | None:
    """Who wants fewer mails, and which; None for a made-up address."""
    try:
        hex_id, _dash, what = _signer.unsign(token).partition("-")
        person_id = UUID(hex=hex_id)
    except (BadSignature, ValueError):
        return None
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    return (person, what) if person and what in WHAT else None
