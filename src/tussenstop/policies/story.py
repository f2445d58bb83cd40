"""The sentences in which changes of rules are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "policy.own": _("%(who)s chose an own value for a rule: %(rule)s."),
    "policy.built_in": _("%(who)s went back to the built-in value of a rule: %(rule)s."),
    "holiday.added": _("%(who)s put in a holiday: %(name)s."),
    "holiday.removed": _("%(who)s took out a holiday: %(name)s."),
    "holiday.usual": _("%(who)s went back to the usual holidays of %(year)s."),
    "holiday.own": _("%(who)s began an own list of holidays for %(year)s."),
}
