"""A form that is sent twice makes one thing: its key is the id of what it makes."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from tussenstop.core.errors import NotFound

Row = TypeVar("Row", bound=Model)


def make(mine: QuerySet[Row], **columns: Any) -> tuple[Row, bool]:
    """The row of a form, and whether it is new: the same form may have made it this very moment.
    `mine` holds the id that came with the form and what makes it the sender's own. Raises NotFound
    for an id that is somebody else's."""
    try:
        with transaction.atomic():
            return mine.model._default_manager.create(**columns), True
    except IntegrityError as error:
        if there := mine.first():
            return there, False
        raise NotFound from error
