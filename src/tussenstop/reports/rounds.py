"""What a round shows that comes from several rooms."""

from tussenstop.rounds.models import Match
from tussenstop.startposition.queries import PartView, shown_to_workplaces


def shown_by(match: Match) -> list[PartView]:
    """What the student of a match, found for its workplace, shares with workplaces."""
    return shown_to_workplaces([match.route])[match.route_id]
