"""Handing a role over: what still waits for the old holder is put before the new one."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tussenstop.access.models import Participation
from tussenstop.access.rules import PARTNERS
from tussenstop.agreements.actions.consent import lock, newest
from tussenstop.agreements.actions.proposing import Named, parties_of, put_before
from tussenstop.agreements.models import Agreement
from tussenstop.agreements.rules import Answer
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited
from tussenstop.people.models import Person
from tussenstop.routes.actions import people
from tussenstop.routes.models import Route

ORDER = {role.value: place for place, role in enumerate(PARTNERS)}


def _running(route: Route, person: Person) -> list[Agreement]:
    """Agreements that were proposed and do not hold yet, with this person among their parties."""
    waiting = Agreement.objects.filter(
        route=route, withdrawn_at=None, revisions__parties__person=person
    )
    # Locked before the route is touched, in one order: whoever answers locks them first too.
    return [
        locked
        for agreement in waiting.distinct().order_by("pk")
        if (last := newest(locked := lock(agreement)))
        and not hasattr(last, "seal")
        and last.parties.filter(person=person).exists()
    ]


@transaction.atomic
def hand_over(
    *, by: By, route: Route, part: Participation, successor: Person, now: datetime
) -> Participation:
    """Replace the holder of a role. Every agreement that waits for answers goes, as a new
    revision with the same text, to the new set of parties; the new holder gets their own link."""
    running = _running(route, part.person) if part.role in PARTNERS else []
    new = people.replace(by=by, route=route, part=part, successor=successor, now=now)
    for agreement in running:
        last = newest(agreement)
        if last is None:
            continue
        before = last.parties.filter(person=by.person, consent__answer=Answer.YES)
        named = [n for n in parties_of(agreement, now) if n.person.pk != successor.pk]
        named.append(Named(successor, part.role))
        named.sort(key=lambda n: ORDER.get(n.role, len(ORDER)))
        with translation.override(agreement.language):
            why = _("%(new)s takes over from %(old)s.") % {
                "new": successor.name,
                "old": part.person.name,
            }
        # Handing over is no vote: only who had agreed to this very text still agrees to it.
        put_before(
            by=by,
            agreement=agreement,
            body=last.body,
            named=named,
            why=why,
            now=now,
            agrees=before.exists(),
        )
    return new


@transaction.atomic
def hand_over_to(
    *, by: By, route: Route, part: Participation, invited: Invited, now: datetime
) -> Participation:
    """The same, to somebody by their address: made known when nobody has it, and nobody is made
    known when it is refused."""
    successor = people.successor_for(by=by, route=route, part=part, invited=invited, now=now)
    return hand_over(by=by, route=route, part=part, successor=successor, now=now)
