"""Acts on one route follow each other, so that none is decided on what is no longer so."""

from uuid import UUID

from tussenstop.routes.models import Route


def lock(route_id: UUID) -> Route:
    """Wait for who acts on this route. Before anything is written, in every action: whoever locks
    in another order can wait for each other for ever."""
    return Route.objects.select_for_update().get(pk=route_id)
