"""The way back, and the moments by which one chooses."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tussenstop.web.partnership.views._common import Crumbs


def to_own() -> Crumbs:
    return [(_("How are you?"), reverse("wellbeing"))]


def to_desk() -> Crumbs:
    return [(_("Coach’s desk"), reverse("coach_desk"))]
