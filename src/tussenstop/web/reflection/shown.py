"""What the pages of reflection share: the way back, and themes by name."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tussenstop.content import pack
from tussenstop.web.stops.stop import Crumbs, to_route


def to_journal() -> Crumbs:
    return [(_("Your journal"), reverse("journal"))]


def to_entry(entry: Any) -> Crumbs:
    return [*to_journal(), (_("Entry"), reverse("journal_entry", args=[entry.pk]))]


def to_reflection(view: Any) -> Crumbs:
    return [
        *to_route(view),
        (_("Looking back"), reverse("route_reflection", args=[view.route.pk])),
    ]


def theme_name(key: str) -> str:
    theme = pack().reflection_themes.get(key)
    return str(theme.name) if theme else ""


def prompt_of(entry: Any) -> str:
    """The question an entry answers, in the active language; an own one as it read."""
    if entry.prompt_text:
        return str(entry.prompt_text)
    prompt = pack().reflection_prompts.get(entry.prompt)
    return str(prompt.text) if prompt else ""
