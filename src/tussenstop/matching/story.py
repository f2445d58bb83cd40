"""The sentences in which the story of places is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "place.added": _("%(who)s described the place “%(title)s”."),
    "place.changed": _("%(who)s changed the place “%(title)s”."),
    "place.published": _("%(who)s opened the place “%(title)s” for students."),
    "place.full": _("%(who)s marked the place “%(title)s” as full."),
    "place.closed": _("%(who)s closed the place “%(title)s”."),
}
