"""A sealed body and a signature, beside what the standards say."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.push.receiving import Browser, b64, unb64
from tussenstop.push import webpush

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)

# RFC 8291, appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RECEIVER_KEY = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unb64(text), "big"), ec.SECP256R1())


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    body = webpush.encrypt(
        TEXT,
        p256dh=unb64(RECEIVER_KEY),
        auth=unb64(AUTH),
        length=0,
        salt=unb64(SALT),
        own=private(SENDER),
    )

    assert b64(body) == SEALED


def test_the_browser_of_the_tests_reads_the_example_of_the_standard() -> None:
    browser = Browser(private=private(RECEIVER), auth=unb64(AUTH))

    assert browser.read(unb64(SEALED)) == TEXT


def test_only_the_browser_it_is_meant_for_can_read_it() -> None:
    browser = Browser()
    body = webpush.encrypt(b"Dag", p256dh=browser.public, auth=browser.auth)

    assert browser.read(body) == b"Dag"
    with pytest.raises(InvalidTag):
        Browser(private=browser.private).read(body)


def test_the_length_tells_nothing_and_no_two_are_alike() -> None:
    browser = Browser()
    one, other, again = (
        webpush.encrypt(text, p256dh=browser.public, auth=browser.auth)
        for text in (b"Dag", b"Dag" * 50, b"Dag")
    )

    assert len(one) == len(other) < 4096
    assert one != again


@pytest.mark.parametrize("raw", [b"", b"\x04" * 65, b"\x04" + b"\0" * 64, b"\x02" + b"\1" * 32])
def test_what_is_no_key_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of the library too
        webpush.browser_key(raw)


def test_a_push_service_can_check_who_sends() -> None:
    key = webpush.server_key("a secret of the installation")
    said = webpush.authorization(
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        key,
        subject="https://tussenstop.example.be",
        now=NOW,
    )

    scheme, token, public = said.replace(",", "").split(" ")
    head, body, signature = token.removeprefix("t=").split(".")
    assert scheme == "vapid"
    assert json.loads(unb64(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(unb64(body)) == {
        "aud": "https://updates.push.services.mozilla.com",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "https://tussenstop.example.be",
    }
    raw = unb64(signature)
    assert len(raw) == 64
    ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), unb64(public.removeprefix("k="))
    ).verify(
        encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")),
        f"{head}.{body}".encode(),
        ec.ECDSA(SHA256()),
    )


def test_a_secret_always_gives_the_same_key_and_another_secret_another() -> None:
    webpush.server_key.cache_clear()
    first = webpush.server_key("one").public
    webpush.server_key.cache_clear()

    assert webpush.server_key("one").public == first
    assert len(unb64(first)) == 65
    assert webpush.server_key("two").mark != webpush.server_key("one").mark
