"""Feedback in words, and the way back."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tussenstop.core.errors import NotFound
from tussenstop.feedback.names import name_of
from tussenstop.feedback.queries import Partner
from tussenstop.web.components import role_name
from tussenstop.web.partnership.views._common import Crumbs
from tussenstop.web.planning.crumbs import to_route


def to_feedback(route: Any) -> Crumbs:
    return [*to_route(route), (_("Feedback"), reverse("feedback", args=[route.pk]))]


def strengths_of(feedback: Any) -> list[str]:
    return [name_of(one) for one in feedback.strengths.all()]


def typed_of(feedback: Any) -> dict[str, Any]:
    """The words as their form shows them."""
    strengths = list(feedback.strengths.all())
    return {
        "saw": feedback.saw,
        "did": feedback.did,
        "next_step": feedback.next_step,
        "strengths": [one.key for one in strengths if one.key],
        "own_strength": next((one.own for one in strengths if one.own), ""),
        "competences": [str(one.competence_id) for one in feedback.topics.all()],
    }


def named(partner: Partner) -> str:
    """Somebody to choose from a list."""
    return f"{partner.person.name} ({role_name(partner.role)})"


def uuid_in(text: str) -> UUID:
    """An id that a form sent. Raises NotFound for what we never wrote."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
