"""Work on documents that nobody waits for at the screen."""

from uuid import UUID

from django_tasks import task

from tussenstop.routes import moves
from tussenstop.routes.models import Route
from tussenstop.routes.rules import LIVE


@task()
def rebuild_moves(programme_id: str) -> None:
    """What a programme asks has changed: work out anew whose move it is on its routes with a
    workplace. Twice at once does no harm."""
    routes = Route.objects.filter(
        programme=UUID(programme_id), state__in=LIVE, placements__ended_at=None
    )
    for route in routes.exclude(placements=None).distinct().iterator(chunk_size=200):
        moves.rebuild(route)
