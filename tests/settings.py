"""The product's settings, on a data folder of the tests' own, with jobs done at once."""

import os
import tempfile
from typing import Any

os.environ.setdefault("TUSSENSTOP_DATA_DIR", tempfile.mkdtemp(prefix="tussenstop-test-"))
os.environ["TUSSENSTOP_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["TUSSENSTOP_JOBS"] = "django_tasks.backends.immediate.ImmediateBackend"
os.environ["TUSSENSTOP_LOG_LEVEL"] = "WARNING"
os.environ["TUSSENSTOP_LETTERS"] = "at_once"  # a letter is there right after what causes it
for name in ("DEBUG", "DEMO", "MAIL_URL", "MAILBOX", "BASE_URL"):
    os.environ.pop(f"TUSSENSTOP_{name}", None)

from tussenstop.settings import *  # noqa: E402, F403
from tussenstop.settings import STORAGES, TEMPLATES  # noqa: E402

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Undefined(str):
    """A variable no view passed: a mistake in a template, unless it is only asked about."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: Any) -> str:
        # Templates of the library for accounts ask for what may be absent.
        if not str(name).startswith(("attrs.", "authenticators.")):
            raise AssertionError(f"undefined in a template: {name}")
        return ""


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined")
