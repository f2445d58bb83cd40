"""The sentences in which the story of an agreement is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "agreement.begun": _("%(who)s began “%(title)s”."),
    "agreement.section": _("%(who)s filled in “%(section)s” of “%(title)s”."),
    "agreement.proposed": _("%(who)s proposed “%(title)s” (text %(number)s)."),
    "agreement.yes": _("%(who)s agrees to “%(title)s” (text %(number)s)."),
    "agreement.change": _("%(who)s asks for a change to “%(title)s” (text %(number)s): %(reason)s"),
    "agreement.no": _("%(who)s does not agree to “%(title)s” (text %(number)s): %(reason)s"),
    "agreement.elsewhere": _(
        "%(who)s recorded that %(name)s signed “%(title)s” on paper (text %(number)s)."
    ),
    "agreement.sealed": _("Everybody agreed to “%(title)s” (text %(number)s)."),
    "agreement.withdrawn": _("%(who)s withdrew “%(title)s”."),
    "agreement.signatory": _("%(who)s asked %(name)s to agree to “%(title)s” too."),
    "agreement.signatory_gone": _("%(who)s no longer asks %(name)s to agree to “%(title)s”."),
}
