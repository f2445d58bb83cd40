"""Forms that an institution makes itself. A form never changes: another comes in its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Institution
from tussenstop.reflection.models import OwnForm
from tussenstop.reflection.rules import MOST_STEPS

Spoken = Mapping[str, str]


class CannotKeep(DomainError):
    """A form without a name or without a question."""


@transaction.atomic
def keep(
    *,
    by: By,
    institution: Institution,
    key: UUID,
    name: Spoken,
    about: str,
    steps: Sequence[tuple[Spoken, Spoken]],
    now: datetime,
    instead_of: OwnForm | None = None,
) -> OwnForm:
    """A form with these steps (question and hint); with `instead_of` the one it replaces is put
    away. Raises Stale when that one was replaced already. Sent twice, there once."""
    checks.require_in(by.person, InScope.MAKE_FORMS, institution, now=now)
    mine = OwnForm.objects.filter(pk=key, institution=institution)
    if there := mine.first():
        return there
    asked = [(dict(q), dict(h)) for q, h in steps if any(text.strip() for text in q.values())]
    if not any(text.strip() for text in name.values()):
        raise CannotKeep(_("Give the form a name, in one language at least."), field="name_nl")
    if not asked:
        raise CannotKeep(_("Write one question at least."), field="question_nl_0")
    if len(asked) > MOST_STEPS:
        raise CannotKeep(_("At most %(count)s steps.") % {"count": MOST_STEPS})
    if instead_of is not None and not _put_away(instead_of, institution, now):
        raise Stale(_("Somebody changed this form meanwhile. Look at how it stands now."))
    row, new = once.make(
        mine,
        pk=key,
        institution=institution,
        name=dict(name),
        about=about.strip(),
        steps=[
            {"key": f"s{number}", "question": question, "hint": hint}
            for number, (question, hint) in enumerate(asked, start=1)
        ],
        made_by=by.person.name,
        made_at=now,
        instead_of=instead_of,
    )
    if new:
        _tell("reflection.form", by, row, now)
    return row


@transaction.atomic
def retire(*, by: By, form: OwnForm, now: datetime) -> None:
    """Nobody can choose it any more; what was written with it stays as it was. Twice is once."""
    checks.require_in(by.person, InScope.MAKE_FORMS, form.institution, now=now)
    if _put_away(form, form.institution, now):
        _tell("reflection.form_retired", by, form, now)


def _put_away(form: OwnForm, institution: Institution, now: datetime) -> bool:
    live = OwnForm.objects.filter(pk=form.pk, institution=institution, retired_at=None)
    return bool(live.update(retired_at=now))


def _tell(code: str, by: By, form: OwnForm, now: datetime) -> None:
    name = form.name.get("nl") or form.name.get("en") or ""
    audit.record(code, actor=by.actor, now=now, subject_id=form.pk, name=name)
