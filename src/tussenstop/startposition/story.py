"""The sentences in which the story of a starting position is told. What stands in it is not."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "position.shared": _("%(who)s chose who reads which part of the starting position."),
    "side.told": _("%(who)s told their side as %(role)s."),
}
