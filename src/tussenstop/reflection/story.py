"""The sentences in which the story of reflection is told. What was written is not in it, and what
somebody shares of their journal stands in no route's story: others need not know that it exists."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "reflection.shared": _("%(who)s chose who reads an entry of their journal."),
    "reflection.form": _("%(who)s made a form to look back: %(name)s."),
    "reflection.form_retired": _("%(who)s put a form to look back away: %(name)s."),
}
