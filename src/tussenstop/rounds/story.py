"""The sentences in which the story of rounds is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "round.opened": _("%(who)s opened the round “%(name)s”."),
    "round.changed": _("%(who)s changed the round “%(name)s”."),
    "round.cancelled": _("%(who)s called off the round “%(name)s”."),
    "round.published": _("%(who)s published the result of the round “%(name)s”."),
    "match.yes": _("%(who)s said yes to “%(title)s”."),
    "match.no": _("%(who)s kindly said no to “%(title)s”."),
}
