"""Lists in which every line has its own button: which button was pressed, and on what."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest


def marked(request: HttpRequest, *names: str) -> tuple[str, UUID]:
    """The button among these names, and the id it carries. Raises BadRequest."""
    for name in names:
        if name in request.POST:
            try:
                return name, UUID(request.POST[name])
            except ValueError as error:
                raise BadRequest from error
    raise BadRequest
