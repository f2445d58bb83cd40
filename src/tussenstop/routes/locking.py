"""One order of locks: the route first, then what hangs on it."""

from uuid import UUID

from tussenstop.routes.models import Route


def lock(route_id: UUID) -> Route:
    """Wait for who acts on this route, and return it fresh. The first thing an action does once it
    knows that it may, before it reads what it decides on and before anything is written: whoever
    takes locks in another order can wait for each other for ever. The key of a route never changes,
    so that who only refers to it need not wait."""
    return Route.objects.select_for_update(no_key=True).get(pk=route_id)
