"""After a round: both sides say yes or no. A double yes is the choice of a workplace; a no needs no
other appeal, and leads to the next round."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.matching.actions import choosing
from tussenstop.matching.actions.acquaintances import side_of
from tussenstop.matching.models import Taken
from tussenstop.matching.rules import SHOWN, Side
from tussenstop.people.acting import By
from tussenstop.rounds import notifications
from tussenstop.rounds.models import Match
from tussenstop.routes.models import Route
from tussenstop.routes.rules import BEFORE_AGREED


class CannotAnswer(DomainError):
    """This match can't be answered like this any more."""


@transaction.atomic
def answer(*, by: By, match: Match, yes: bool, word: str, seen: int, now: datetime) -> None:
    """Say yes or no, with a word. One no ends it; a second yes chooses this place."""
    side = side_of(by=by, route=match.route, place=match.place, now=now)
    Route.objects.filter(pk=match.route_id).update(version=F("version"))
    match.route.refresh_from_db()
    if match.answer_of(side) is yes:
        return
    if yes:
        _check_open(match)
    change: dict[str, object] = {f"{side}_yes": yes, f"{side}_word": word}
    if side == Side.WORKPLACE:
        change["workplace_by"] = by.person
    if not yes:
        change["ended_at"] = now
    rows = Match.objects.filter(pk=match.pk, version=seen, ended_at=None)
    if not rows.update(version=F("version") + 1, **change):
        raise Stale(_("The other side answered meanwhile. Here is how it stands now."))
    match.refresh_from_db()
    audit.record(
        "match.yes" if yes else "match.no",
        actor=by.actor,
        now=now,
        subject_id=match.pk,
        title=match.place.title,
    )
    if match.student_yes and match.workplace_yes:
        Match.objects.filter(pk=match.pk).update(ended_at=now)
        choosing.choose(by=by, route=match.route, place=match.place, now=now)
        for other in Side:
            notifications.chosen(match, to=other, now=now)
    else:
        notifications.answered(match, to=side.other, yes=yes, word=word, now=now)


def _check_open(match: Match) -> None:
    route, place = match.route, match.place
    if route.state not in BEFORE_AGREED or route.placements.filter(ended_at=None).exists():
        raise CannotAnswer(_("This student found a workplace already, or the route rests."))
    taken = Taken.objects.filter(place=place, placement__ended_at=None).count()
    if place.state not in SHOWN or taken >= place.seats:
        raise CannotAnswer(_("This place is not open any more."))
