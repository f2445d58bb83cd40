"""The keys by which push services know this installation, from its secrets."""

from email.utils import parseaddr

from django.conf import settings

from tussenstop.push.webpush import ServerKey, server_keys


def all_keys() -> list[ServerKey]:
    """Newest first."""
    return server_keys((*settings.PUSH_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def newest() -> ServerKey:
    return all_keys()[0]


def by_mark(mark: str) -> ServerKey | None:
    """The key a device knows; None when the installation has it no longer."""
    return next((key for key in all_keys() if key.mark == mark), None)


def subject() -> str:
    """Whom a push service can turn to: where the installation stands, or its mail."""
    if settings.SECURE:
        return str(settings.BASE_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
