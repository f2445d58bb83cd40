"""Questions that people add: for themselves, or for the student of a route."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.content import pack
from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.reflection.models import OwnPrompt
from tussenstop.routes.models import Route


class CannotAsk(DomainError):
    """This question can't be added."""


@transaction.atomic
def add(
    *, by: By, key: UUID, text: str, theme: str, now: datetime, route: Route | None = None
) -> OwnPrompt:
    """Add a question; with a route it is one for its student. Sent twice, there once."""
    if route is not None:
        checks.require(by.person, OnRoute.SUGGEST, route, now=now)
    if theme and theme not in pack().reflection_themes:
        raise NotFound
    if not text.strip():
        raise CannotAsk(_("Write the question."), field="text")
    made, _new = once.make(
        OwnPrompt.objects.filter(pk=key, author=by.person),
        pk=key,
        author=by.person,
        route=route,
        theme=theme,
        text=text.strip(),
        made_at=now,
    )
    return made


def remove(*, by: By, prompt_id: UUID, now: datetime) -> OwnPrompt:
    """Who added a question takes it away, and the student of the route may as well. What was
    written about it stays."""
    prompt = OwnPrompt.objects.filter(pk=prompt_id).select_related("route").first()
    if prompt is None or not (
        prompt.author_id == by.person.pk
        or (prompt.route is not None and prompt.route.student_id == by.person.pk)
    ):
        raise NotFound
    OwnPrompt.objects.filter(pk=prompt.pk, removed_at=None).update(removed_at=now)
    return prompt
