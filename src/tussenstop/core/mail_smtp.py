"""The way to a mail server."""

import smtplib
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.mail.backends.smtp import EmailBackend

END_OF_MESSAGE = b"\r\n.\r\n"


class Uncertain(OSError):
    """The connection broke between the last word of a message and the answer to it: nobody can
    know whether the server took it."""


class _Client(smtplib.SMTP):
    """Says of a broken connection whether a message was handed over before."""

    _handed = False

    def send(self, s: Any) -> None:
        super().send(s)
        self._handed = isinstance(s, bytes) and s.endswith(END_OF_MESSAGE)

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as error:
            if self._handed:
                raise Uncertain(str(error)) from error
            raise


class _EncryptedClient(_Client, smtplib.SMTP_SSL):
    pass


class Smtp(EmailBackend):
    """Django's way to a mail server, with a client that knows whether a message was handed over."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _EncryptedClient if self.use_ssl else _Client


def smtp(url: str) -> Smtp:
    """The connection of a URL such as smtp+tls://user:password@mail.example.be:587."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return Smtp(
        host=parts.hostname or "localhost",
        port=parts.port
        or (465 if parts.scheme == "smtps" else 587 if "tls" in parts.scheme else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=int(options.get("timeout", 20)),
    )


def _codes(error: Exception) -> list[tuple[int, str]]:
    """What the server answered about the address, or about the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _text(text)) for code, text in error.recipients.values()]
    if isinstance(error, smtplib.SMTPDataError):
        return [(error.smtp_code, _text(error.smtp_error))]
    return []


def _text(answer: bytes | str) -> str:
    """On one line, and nothing in it that a screen or a database would stumble over."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def in_words(error: Exception) -> str:
    """What went wrong, as an administrator reads it: the server's own words where it has any."""
    codes = _codes(error)
    return " ".join(f"{code} {text}" for code, text in codes) if codes else str(error)


def is_for_good(error: Exception) -> bool:
    """A message that can't be made will never leave; a server says it with 5xx. A refused sender or
    password, or a certificate (whose error is a ValueError too), is a setting to mend: that is tried
    again."""
    codes = _codes(error)
    for_good = bool(codes) and all(500 <= code < 600 for code, _text in codes)
    can_not_be_made = isinstance(error, ValueError) and not isinstance(error, OSError)
    return for_good or can_not_be_made


def nobody_is_there(error: Exception) -> bool:
    """Whether it is the address: a 5xx about it, other than a policy of the server (5.7.x)."""
    return (
        isinstance(error, smtplib.SMTPRecipientsRefused)
        and is_for_good(error)
        and not any("5.7." in text for _code, text in _codes(error))
    )
