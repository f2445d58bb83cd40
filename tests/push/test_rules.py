"""Where signs may go, what they say, and how devices are called."""

import pytest

from tussenstop.messages.rules import Kind
from tussenstop.push.rules import SENTENCES, bytes_of, is_allowed, names_of, sentence
from tussenstop.settings import PUSH_HOSTS


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQyavXutnMr",
        "https://api.push.apple.com/QGuQyavXutnMr",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d%3d",
        "https://FCM.googleapis.com:443/fcm/send/abc",
    ],
)
def test_known_push_services_are_allowed(endpoint: str) -> None:
    assert is_allowed(endpoint, PUSH_HOSTS)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "fcm.googleapis.com/fcm",
        "http://fcm.googleapis.com/fcm/send/abc",
        "ftp://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:port/x",
        "https://me@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evil.example\\@fcm.googleapis.com/",
        "https://evil-fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.cöm/x",
        "https://fcm.googleapis.com/" + "x" * 1000,
    ],
)
def test_every_other_address_is_refused(endpoint: str) -> None:
    assert not is_allowed(endpoint, PUSH_HOSTS)


def test_a_kind_has_its_sentence_and_more_than_one_has_none() -> None:
    assert str(sentence([Kind.ASKS])) == "Somebody waits for your answer"
    assert str(sentence([Kind.ASKS, Kind.LOG])) == "There are several things for you"


@pytest.mark.parametrize("says", ["", Kind.ALWAYS, Kind.REMINDERS])
def test_invitations_reminders_and_what_has_no_kind_all_look_alike(says: str) -> None:
    assert says not in SENTENCES
    assert str(sentence([says])) == "There is something for you"


@pytest.mark.parametrize(
    ("agent", "names"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Firefox/132.0",
            ("Firefox", "Windows"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 10) Chrome/131.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/131 Safari/537 Edg/131",
            ("Edge", "Mac"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605",
            ("Safari", "iPhone"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/26 Chrome/122",
            ("Samsung Internet", "Android"),
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/131", ("Chrome", "ChromeOS")),
        ("", ("", "")),
    ],
)
def test_a_device_is_called_by_what_its_browser_tells(agent: str, names: tuple[str, str]) -> None:
    assert names_of(agent) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [("AAEC", b"\0\1\2"), ("_-8=", b"\xff\xef"), ("_-8", b"\xff\xef"), ("é", None), ("A", None)],
)
def test_keys_are_read_with_and_without_their_padding(text: str, found: bytes | None) -> None:
    assert bytes_of(text) == found
