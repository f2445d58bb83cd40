"""The other side of web push, for tests: a browser that can read what it gets, and a push service on
the loopback that answers as it is told."""

import json
import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any

import httpcore
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.push import actions, keys, posting
from tussenstop.push.models import Device
from tussenstop.push.rules import Subscription

PUBLIC = "93.184.215.14"
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hmac256(key: bytes, data: bytes) -> bytes:
    return digest(key, data, sha256)


@dataclass
class Browser:
    """Reads by the letter of RFC 8291 and 8188, with nothing of ours but HMAC and AES."""

    endpoint: str = "https://fcm.googleapis.com/fcm/send/abc"
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        key = self.private.public_key()
        return bytes(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def subscription(self, **more: str) -> Subscription:
        usual = {
            "endpoint": self.endpoint,
            "p256dh": b64(self.public),
            "auth": b64(self.auth),
            "server_key": keys.newest().public,
        }
        return Subscription(**{**usual, **more})

    def read(self, body: bytes) -> bytes:
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size <= 4096
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        secret = self.private.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\x00" + self.public + sender + b"\x01"
        ikm = hmac256(hmac256(self.auth, secret), info)
        prk = hmac256(salt, ikm)
        key = hmac256(prk, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = hmac256(prk, b"Content-Encoding: nonce\x00\x01")[:12]
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        content, mark, _rest = padded.rstrip(b"\0").rpartition(b"\x02")
        assert mark
        return content


@dataclass
class Post:
    path: str
    headers: dict[str, str]
    body: bytes


class Service:
    """A push service: answers one after the other, the last one again and again."""

    def __init__(self, *answers: int, headers: dict[str, str] | None = None) -> None:
        self.answers, self.headers = list(answers) or [201], headers or {}
        self.took: list[Post] = []
        self.port = 0

    def post(self, *args: Any, **more: Any) -> posting.Answer:
        """In the place of `posting.post`."""
        return posting.post(
            *args, network=Line(self.port), resolve=lambda _host, _port: [PUBLIC], **more
        )

    def said(self, browser: Browser) -> list[dict[str, Any]]:
        return [json.loads(browser.read(one.body)) for one in self.took]


class Handler(BaseHTTPRequestHandler):
    def __init__(self, service: Service, *args: Any) -> None:
        self.service = service
        super().__init__(*args)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        service = self.service
        service.took.append(Post(self.path, dict(self.headers), body))
        status = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
        if not status:  # the line breaks
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in service.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_args: Any) -> None:
        pass


class Plain(httpcore.NetworkStream):
    """A line on the loopback has no TLS; that one was asked for is looked at."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner, self.asked_tls = inner, False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        assert self.asked_tls
        return self.inner.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        assert self.asked_tls
        self.inner.write(buffer, timeout)

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert server_hostname
        self.asked_tls = True
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class Line(httpcore.NetworkBackend):
    """Wherever one wants to go, one comes to the push service of the test."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.went: list[tuple[str, int]] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.went.append((host, port))
        return Plain(httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout))


@contextmanager
def a_push_service(*answers: int, headers: dict[str, str] | None = None) -> Iterator[Service]:
    service = Service(*answers, headers=headers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, service))
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Jobs:
    """In the place of `sending.send_job`: keeps which devices it was for, and when."""

    def __init__(self) -> None:
        self.devices: list[str] = []
        self.after: list[datetime] = []

    def enqueue(self, device_id: str) -> None:
        self.devices.append(device_id)

    def using(self, *, run_after: datetime) -> "Jobs":
        self.after.append(run_after)
        return self

    def get_backend(self) -> "Jobs":
        return self

    supports_defer = True


def a_session(person: Person, until: datetime) -> str:
    """Somebody is signed in until then; the key of their session."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.set_expiry(until)
    session.save()
    return str(session.session_key)


def a_device(person: Person, browser: Browser, now: datetime, *, days: int = 3000) -> Device:
    """Signed in, and signs switched on. By default for so long that the real clock, by which
    sessions end, has no say."""
    until = now + timedelta(days=days)
    return actions.switch_on(
        by=By(person),
        subscription=browser.subscription(),
        session=a_session(person, until),
        until=until,
        user_agent=CHROME,
        now=now,
    )
