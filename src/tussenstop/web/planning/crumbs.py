"""The way back from pages about the calendar of a route."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from tussenstop.routes.models import Route


def to_route(route: "Route") -> list[tuple[str, str]]:
    return [(route.student.name, reverse("route", args=[route.pk]))]


def to_planning(route: "Route") -> list[tuple[str, str]]:
    return [*to_route(route), (_("Days at the workplace"), reverse("planning", args=[route.pk]))]
