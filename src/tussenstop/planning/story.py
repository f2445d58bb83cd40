"""The sentences in which the story of a calendar is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "plan.proposed": _("%(who)s proposed a calendar for the weeks at the workplace."),
    "plan.agreed": _("%(who)s agrees to the calendar for the weeks at the workplace."),
    "plan.declined": _("%(who)s asks for another calendar: %(word)s"),
    "plan.taken_back": _("%(who)s took the proposed calendar back."),
    "plan.shift": _("%(who)s proposed to move the day at the workplace of %(day)s."),
    "plan.shifted": _("%(who)s agrees to moving the day at the workplace of %(day)s."),
    "plan.not_shifted": _("%(who)s would rather keep the day at the workplace of %(day)s."),
    "plan.presence": _("%(who)s told when the mentor is at the workplace."),
}
