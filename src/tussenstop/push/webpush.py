"""The two things that web push asks of a sender: a body that only the browser can read (RFC 8291,
in the coding of RFC 8188), and a signature by which the push service knows us (RFC 8292)."""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD = 4096
LENGTH = 1024  # every body is as long as the others: its length tells nothing
TOKEN_SECONDS = 12 * 3600  # RFC 8292 allows a day


def text_of(raw: bytes) -> str:
    """base64url without padding, as every part of this is written."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def browser_key(raw: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ValueError when this is no point of the curve."""
    if len(raw) != 65:
        raise ValueError("not an uncompressed point")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)


def _derive(length: int, secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def encrypt(
    content: bytes,
    *,
    p256dh: bytes,
    auth: bytes,
    length: int = LENGTH,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """One record that only this browser can read. A salt and a key of our own are only given by who
    compares with a known result."""
    salt, own = salt or os.urandom(16), own or ec.generate_private_key(CURVE)
    theirs, ours = browser_key(p256dh), point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    secret = _derive(32, shared, auth, b"WebPush: info\0" + p256dh + ours)
    key = _derive(16, secret, salt, b"Content-Encoding: aes128gcm\0")
    nonce = _derive(12, secret, salt, b"Content-Encoding: nonce\0")
    padded = (content + b"\x02").ljust(length, b"\0")
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, padded, None)


@dataclass(frozen=True, slots=True)
class ServerKey:
    """A key by which push services and browsers know this installation."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        return text_of(point(self.private.public_key()))

    @property
    def mark(self) -> str:
        return mark_of(self.public)


def mark_of(public: str) -> str:
    """A short name for a key of ours, by which a device remembers which one it knows."""
    return sha256(public.encode()).hexdigest()[:8]


@lru_cache(maxsize=8)
def server_key(secret: str) -> ServerKey:
    """The key that belongs to a secret of the installation: always the same one."""
    seed = _derive(48, secret.encode(), None, b"tussenstop web push")
    return ServerKey(ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, CURVE))


def server_keys(secrets: Iterable[str]) -> list[ServerKey]:
    return [server_key(secret) for secret in secrets]


def authorization(endpoint: str, key: ServerKey, *, subject: str, now: datetime) -> str:
    """The header that tells a push service who sends, and that it may."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(now.timestamp()) + TOKEN_SECONDS,
        "sub": subject,
    }
    body = ".".join(
        text_of(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(key.private.sign(body.encode(), ec.ECDSA(SHA256())))
    signature = text_of(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={body}.{signature}, k={key.public}"
