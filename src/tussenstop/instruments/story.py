"""The sentences in which is told what an institution does with its questionnaires."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "instrument.added": _("%(who)s began a questionnaire: %(name)s."),
    "instrument.in_use": _(
        "%(who)s put a questionnaire in use, and said that the right is held: %(name)s."
    ),
    "instrument.withdrawn": _("%(who)s withdrew a questionnaire: %(name)s."),
    "instrument.deleted": _("%(who)s deleted a questionnaire that was never in use: %(name)s."),
}
