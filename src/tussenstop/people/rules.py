"""Roles people hold in an organisation, an institution or the partnership."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role held by a person, somewhere, for a period. Codes are stored: never rename one."""

    ADMINISTRATOR = "administrator", _("administrator of the partnership")
    PROGRAMME_COORDINATOR = "programme_coordinator", _("programme coordinator")
    TEACHER = "teacher", _("teacher")
    COACH = "coach", _("competence coach")
    STUDENT = "student", _("student")
    ORGANISATION_COORDINATOR = "organisation_coordinator", _("organisation coordinator")
    MENTOR = "mentor", _("mentor")
    COLLEAGUE = "colleague", _("colleague")


PARTNERSHIP_ROLES = (Role.ADMINISTRATOR,)
INSTITUTION_ROLES = (Role.PROGRAMME_COORDINATOR, Role.TEACHER, Role.COACH, Role.STUDENT)
ORGANISATION_ROLES = (Role.ORGANISATION_COORDINATOR, Role.MENTOR, Role.COLLEAGUE)


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


def last_moment(until: datetime) -> datetime:
    """A role that ends at midnight was held up to and including the day before."""
    return until - timedelta(microseconds=1)
