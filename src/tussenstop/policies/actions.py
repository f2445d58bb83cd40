"""An institution's own values: put beside the built-in ones, and withdrawn."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Institution
from tussenstop.policies.models import OwnValue
from tussenstop.policies.rules import BUILT_IN, Code, Rule, Unit


class CannotReckon(DomainError):
    """This can't be the value of that rule."""


@transaction.atomic
def set_own(
    *,
    by: By,
    institution: Institution,
    code: Code,
    key: UUID,
    seen: str,
    number: Decimal,
    valid_from: date,
    why: str,
    now: datetime,
) -> None:
    """Reckon with this instead, from a day on. `seen` is the id of the own value that was on the
    screen, empty for none. Raises Stale when somebody was first. Sent twice, there once."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    if OwnValue.objects.filter(pk=key, institution=institution).exists():
        return
    rule = BUILT_IN[code]
    if not rule.least <= number <= rule.most:
        raise CannotReckon(_range(rule), field="number")
    _replace(institution, code, seen, now)
    OwnValue.objects.create(
        pk=key,
        institution=institution,
        code=code,
        number=number,
        valid_from=valid_from,
        why=why,
        made_by=by.person,
        made_at=now,
    )
    audit.record("policy.own", actor=by.actor, now=now, subject_id=institution.pk, rule=code.value)


@transaction.atomic
def withdraw(*, by: By, institution: Institution, code: Code, seen: str, now: datetime) -> None:
    """Reckon with the built-in value again. Raises Stale."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    _replace(institution, code, seen, now)
    audit.record(
        "policy.built_in", actor=by.actor, now=now, subject_id=institution.pk, rule=code.value
    )


def _range(rule: Rule) -> str:
    if rule.unit == Unit.DAY:
        return _("Choose a day from %(least)s until %(most)s.") % {
            "least": rule.words(Decimal(rule.least)),
            "most": rule.words(Decimal(rule.most)),
        }
    return _("Choose a number between %(least)s and %(most)s.") % {
        "least": rule.least,
        "most": rule.most,
    }


def _replace(institution: Institution, code: Code, seen: str, now: datetime) -> None:
    Institution.objects.select_for_update().get(pk=institution.pk)
    current = OwnValue.objects.filter(institution=institution, code=code, replaced_at=None)
    there = current.first()
    if (str(there.pk) if there else "") != seen:
        raise Stale(_("Somebody was here before you: look at how it stands now."))
    current.update(replaced_at=now)
