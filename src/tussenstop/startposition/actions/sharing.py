"""Choosing who reads which part: the student alone, and always to be changed again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.startposition.models import Sharing
from tussenstop.startposition.rules import audiences_for


@transaction.atomic
def choose_sharing(
    *, by: By, route: Route, shared: Mapping[str, Sequence[str]], seen: int, now: datetime
) -> Sharing:
    """Show each part to these audiences and to nobody else; `seen` is 0 the first time. Holds at
    once, for what is written later too. Raises Stale when another choice was made meanwhile."""
    checks.require(by.person, OnRoute.TELL_POSITION, route, now=now)
    lock(route.pk)
    allowed = audiences_for(route.context)
    chosen = {
        key: [audience.value for audience in allowed if audience in shared.get(key, ())]
        for key in pack().starting_position
    }
    mine = Sharing.objects.filter(route=route)
    saved = 0
    if seen == 0:
        try:
            with transaction.atomic():
                Sharing.objects.create(route=route, shared=chosen, chosen_at=now)
                saved = 1
        except IntegrityError:
            saved = 0
    else:
        saved = mine.filter(version=seen).update(
            shared=chosen, chosen_at=now, version=F("version") + 1
        )
    kept = mine.get()
    if not saved and kept.shared != chosen:
        raise Stale(
            _("You chose differently in another window meanwhile. Look once more, and save again.")
        )
    if saved:
        audit.record(
            "position.shared", actor=by.actor, now=now, route_id=route.pk, subject_id=kept.pk
        )
        moves.rebuild(route)
    return kept
