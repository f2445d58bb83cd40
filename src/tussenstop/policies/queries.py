"""Which value of a rule holds: on a day, for an institution."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from tussenstop.people.models import Institution
from tussenstop.policies.models import OwnValue
from tussenstop.policies.rules import BUILT_IN, Code, Rule, Value


@dataclass(frozen=True, slots=True)
class Held:
    """What holds. `own` is the institution's own value when that is it; `version` is short and
    always means the same value."""

    rule: Rule
    value: Value
    own: OwnValue | None

    @property
    def number(self) -> Decimal:
        return self.own.number if self.own else self.value.number

    @property
    def version(self) -> str:
        if self.own:
            return f"{self.rule.code}@{self.own.pk}"
        return f"{self.rule.code}@{self.value.valid_from.isoformat()}"


def held(*, on: date, institution: Institution | None) -> dict[Code, Held]:
    """Every rule as it holds on a day."""
    own: dict[str, OwnValue] = {}
    if institution:
        rows = OwnValue.objects.filter(
            institution=institution, replaced_at=None, valid_from__lte=on
        )
        own = {row.code: row for row in rows}
    return {code: Held(rule, rule.on(on), own.get(code)) for code, rule in BUILT_IN.items()}


def history(institution: Institution, code: Code) -> QuerySet[OwnValue]:
    """The own values that were, newest first."""
    return (
        OwnValue.objects.filter(institution=institution, code=code)
        .select_related("made_by")
        .order_by("-made_at", "-pk")
    )


def current(institution: Institution, code: Code) -> OwnValue | None:
    """The own value that holds now or from some day on."""
    return history(institution, code).filter(replaced_at=None).first()
