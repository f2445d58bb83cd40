"""Roles on a route."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RouteRole(models.TextChoices):
    """What somebody is on a route. Codes are stored: never rename one. The last two come from a
    membership (of the host organisation, of the institution), never from taking part."""

    STUDENT = "student", _("student")
    MENTOR = "mentor", _("mentor")
    TEACHER = "teacher", _("teacher")
    COACH = "coach", _("competence coach")
    GODPARENT = "godparent", _("godparent")
    ORGANISATION_COORDINATOR = "organisation_coordinator", _("organisation coordinator")
    PROGRAMME_COORDINATOR = "programme_coordinator", _("programme coordinator")


PARTNERS = (RouteRole.STUDENT, RouteRole.MENTOR, RouteRole.TEACHER)
WORKPLACE_ROLES = (RouteRole.MENTOR, RouteRole.GODPARENT)
TAKING_PART = (*PARTNERS, RouteRole.COACH, RouteRole.GODPARENT)
