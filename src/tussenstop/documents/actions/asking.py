"""What a programme asks: built-in documents switched on or off, and documents of its own."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.documents import jobs
from tussenstop.documents.models import OwnRequirement, Switch
from tussenstop.documents.rules import PROVIDERS, Gate, Proof
from tussenstop.people.acting import By
from tussenstop.people.models import Programme


class CannotAskFor(DomainError):
    """This document can't be asked like this."""


def _tell(code: str, by: By, programme: Programme, now: datetime, document: str) -> None:
    """Write down what changed, and let the routes of the programme know."""
    audit.record(code, actor=by.actor, now=now, subject_id=programme.pk, document=document)
    transaction.on_commit(partial(jobs.rebuild_moves.enqueue, str(programme.pk)))


@transaction.atomic
def switch(*, by: By, programme: Programme, key: str, on: bool, now: datetime) -> None:
    """Ask a built-in document in this programme, or no longer. It holds for every route from now
    on; what was given stays."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, programme.institution, now=now)
    if key not in pack().documents:
        raise NotFound
    row, made = Switch.objects.get_or_create(programme=programme, key=key, defaults={"asked": on})
    if not made and not Switch.objects.filter(pk=row.pk, asked=not on).update(asked=on):
        return
    _tell("document.switched_on" if on else "document.switched_off", by, programme, now, key)


@transaction.atomic
def add_own(
    *,
    by: By,
    programme: Programme,
    key: UUID,
    name: str,
    description: str,
    provider: str,
    gate: str,
    proof: str,
    months: int | None,
    contexts: Sequence[str],
    now: datetime,
) -> OwnRequirement:
    """Ask a document of one's own. `key` came with the form: sent twice, asked once."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, programme.institution, now=now)
    if provider not in PROVIDERS or gate not in set(Gate) or proof not in set(Proof):
        raise CannotAskFor(_("Choose one of the answers."))
    rows = OwnRequirement.objects.filter(pk=key, programme=programme)
    if already := rows.first():
        return already
    try:
        with transaction.atomic():
            row = OwnRequirement.objects.create(
                pk=key,
                programme=programme,
                name=name,
                description=description,
                provider=provider,
                gate=gate,
                proof=proof,
                months=months,
                contexts=list(contexts),
                created_at=now,
            )
    except IntegrityError:
        return rows.get()
    _tell("document.switched_on", by, programme, now, name)
    return row


@transaction.atomic
def end_own(*, by: By, programme: Programme, requirement_id: UUID, now: datetime) -> None:
    """No longer ask a document of one's own; what was given stays."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, programme.institution, now=now)
    row = OwnRequirement.objects.filter(pk=requirement_id, programme=programme).first()
    if row is None:
        raise NotFound
    if OwnRequirement.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now):
        _tell("document.switched_off", by, programme, now, row.name)
