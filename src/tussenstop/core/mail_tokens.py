"""The name by which a letter of ours is known again when it comes back.

It stands in the Message-ID, and in the address of the envelope when there is one for it. It is
signed: nobody can say of somebody else's letter that it came back. Small letters and digits only,
and short enough for the part of an address before the @ (RFC 5321: 64).
"""

import re
from base64 import b32decode, b32encode
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "tussenstop.returned-mail"
SIGNED_BYTES = 10
LENGTH = 42  # 16 bytes of the id and 10 of the signature, in base 32
_TOKEN = re.compile(rf"(?<![a-z0-9])[a-z2-7]{{{LENGTH}}}(?![a-z0-9])")


def _signature(mail_id: bytes, secret: str) -> bytes:
    made = salted_hmac(SALT, mail_id, secret=secret, algorithm="sha256").digest()
    return made[:SIGNED_BYTES]


def token_of(mail_id: UUID) -> str:
    signed = mail_id.bytes + _signature(mail_id.bytes, settings.SECRET_KEY)
    return b32encode(signed).decode().rstrip("=").lower()


def found_in(text: str) -> Iterator[UUID]:
    """The letters whose names stand in a text; what was made up is passed over."""
    for match in _TOKEN.finditer(text.lower()):
        signed = b32decode(match[0].upper() + "=" * (-LENGTH % 8))
        mail_id, signature = signed[:16], signed[16:]
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        if any(constant_time_compare(signature, _signature(mail_id, one)) for one in secrets):
            yield UUID(bytes=mail_id)


def message_id_of(mail_id: UUID) -> str:
    return f"<{token_of(mail_id)}@tussenstop>"


def envelope_of(mail_id: UUID) -> str:
    """The address to which a server returns this letter: one of its own when the installation has
    an address for that, else the one that letters come from."""
    if not settings.MAIL_BOUNCES:
        return settings.DEFAULT_FROM_EMAIL
    name, _at, domain = settings.MAIL_BOUNCES.rpartition("@")
    return f"{name}+{token_of(mail_id)}@{domain}"
