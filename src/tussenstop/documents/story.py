"""The sentences in which the story of documents is told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack

SENTENCES = {
    "document.given": _("%(who)s saw to “%(document)s”."),
    "document.opened": _("%(who)s opened the gate without “%(document)s”: %(reason)s"),
    "document.switched_on": _("%(who)s asks “%(document)s” from now on."),
    "document.switched_off": _("%(who)s no longer asks “%(document)s”."),
}


def name_of(key: Any) -> str:
    """A built-in document by its name; a programme's own is kept by name already."""
    one = pack().documents.get(key)
    return str(one.name) if one else str(key)
