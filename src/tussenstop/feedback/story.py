"""The sentences in which feedback is told. They stand in no route's story: feedback is between two
people until the receiver shows it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "feedback.asked": _("%(who)s asked for feedback."),
    "feedback.given": _("%(who)s gave feedback."),
    "feedback.taken_back": _("%(who)s took feedback back."),
    "feedback.corrected": _("%(who)s corrected feedback."),
    "feedback.removed": _("%(who)s removed feedback that came from outside."),
    "feedback.shown": _("%(who)s showed feedback to %(name)s."),
    "feedback.hidden": _("%(who)s stopped showing feedback to %(name)s."),
    "feedback.invited": _("%(who)s made a link for feedback."),
    "feedback.link_closed": _("%(who)s closed a link for feedback."),
}
