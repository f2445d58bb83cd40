"""The sentences in which the story of hours is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "hours.confirmed": _("%(who)s confirmed the hours of the week of %(day)s."),
    "hours.corrected": _("%(who)s corrected hours that were confirmed: %(day)s."),
    "hours.asked": _("%(who)s asked something about the hours of %(day)s."),
}
