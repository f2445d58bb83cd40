"""The sentences in which the story of places is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "place.added": _("%(who)s described the place “%(title)s”."),
    "place.changed": _("%(who)s changed the place “%(title)s”."),
    "place.published": _("%(who)s opened the place “%(title)s” for students."),
    "place.full": _("%(who)s marked the place “%(title)s” as full."),
    "acquaintance.proposed": _("%(who)s proposed to get acquainted at “%(title)s”: %(when)s."),
    "acquaintance.planned": _("Getting acquainted at “%(title)s” is planned: %(when)s."),
    "acquaintance.yes": _("%(who)s said yes to “%(title)s”."),
    "acquaintance.no": _("%(who)s kindly said no to “%(title)s”."),
    "acquaintance.chosen": _("Both said yes to “%(title)s”."),
    "place.closed": _("%(who)s closed the place “%(title)s”."),
}
