"""What every command begins with: Django, a bar for long work, and words for what went wrong."""

import os
import sys
from collections.abc import Callable

FINE = 0


class CannotGoOn(Exception):
    """Something the person at the keyboard can mend, said in one sentence."""


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tussenstop.settings")
    try:
        import django

        django.setup()
    except OSError as error:
        raise CannotGoOn(
            f"Can't write in the data folder ({error.filename or error}). "
            "Set TUSSENSTOP_DATA_DIR to a folder that you may write to."
        ) from error
    except ValueError as error:
        raise CannotGoOn(str(error)) from error


def progress(label: str) -> Callable[[int, int], None]:
    """A bar on the terminal; nothing when nobody watches."""
    if not sys.stderr.isatty():
        return lambda done, of: None  # noqa: ARG005 - the same shape as the bar

    def show(done: int, of: int) -> None:
        filled = 30 * done // max(of, 1)
        end = "\n" if done >= of else ""
        sys.stderr.write(f"\r{label} [{'█' * filled}{'·' * (30 - filled)}] {done}/{of}{end}")
        sys.stderr.flush()

    return show
