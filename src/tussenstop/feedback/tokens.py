"""The addresses of links for who has no account: signed, so that nobody can make one up.

One address asks for an answer. Who gave one and left an e-mail address gets a second, which shows
what they wrote and what was answered; the first never does, however many people have it.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from tussenstop.feedback.models import Invitation

_asks = Signer(salt="tussenstop.feedback.asks", sep=".")
_gave = Signer(salt="tussenstop.feedback.gave", sep=".")


def token_of(invitation: Invitation) -> str:
    return _asks.sign(invitation.pk.hex)


def link_address(invitation: Invitation) -> str:
    return f"{settings.BASE_URL}/f/{token_of(invitation)}/"


def giver_address(invitation: Invitation) -> str:
    return f"{settings.BASE_URL}/f/{_gave.sign(invitation.pk.hex)}/"


def read(token: str) -> tuple[UUID, bool] | None:
    """The invitation's id, and whether this is the address of who gave the answer; None for a
    made-up token."""
    for signer, is_giver in ((_asks, False), (_gave, True)):
        try:
            return UUID(hex=signer.unsign(token)), is_giver
        except (BadSignature, ValueError):
            continue
    return None
