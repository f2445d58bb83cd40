"""The last day on which a student can say what they would like, in their calendar."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.people.models import Person
from tussenstop.rounds.models import RoundStudent
from tussenstop.rounds.rules import RoundState
from tussenstop.routes.deadlines import Deadline


def of_wishes(person: Person, now: datetime) -> list[Deadline]:
    """One for each open round that the person takes part in as a student."""
    rows = RoundStudent.objects.filter(
        route__student=person,
        left_at=None,
        round__state=RoundState.OPEN,
        round__wishes_until__gte=timezone.localdate(now),
    ).select_related("round")
    return [
        Deadline(
            uid=f"wishes-{row.pk}",
            day=row.round.wishes_until,
            text=_("Last day for your wishes: %(round)s") % {"round": row.round.name},
            page=("own_round", (row.route_id, row.round_id)),
        )
        for row in rows
    ]
