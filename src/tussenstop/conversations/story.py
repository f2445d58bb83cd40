"""The sentences in which the story of conversations is told: that there was one, never what."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tussenstop.conversations.names import kind_name

SENTENCES = {
    "conversation.noted": _("%(who)s noted a conversation: %(talk)s."),
    "conversation.asked": _("%(who)s proposed moments for a conversation: %(talk)s."),
    "conversation.fixed": _("A conversation got its moment: %(talk)s, %(when)s."),
    "conversation.taken_over": _("%(who)s comes in place of %(name)s in a conversation: %(talk)s."),
    "conversation.held": _("A conversation was held: %(talk)s."),
    "conversation.not_held": _("%(who)s said that a conversation is still to come: %(talk)s."),
    "conversation.taken_off": _("%(who)s took a noted conversation off: %(talk)s."),
    "conversation.cancelled": _("%(who)s called a conversation off: %(talk)s."),
}


def _talk(code: Any) -> str:
    return kind_name(str(code))


READERS = {"talk": _talk}
