"""The sentences in which the story of files that were brought in is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "import.students": _("%(who)s brought in %(count)s students from a file."),
    "import.places": _("%(who)s brought in %(count)s places from a file."),
    "import.wishes": _("%(who)s brought in favourites of %(count)s students from a file."),
    "wishes.brought_in": _("%(who)s brought in favourites of %(name)s from a list."),
}
