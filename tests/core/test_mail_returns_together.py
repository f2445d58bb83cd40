"""Reports that come in at the same moment."""

import pytest

from tests.core.returning import left, report
from tests.together import a_database_for_threads, together
from tussenstop.core import clock, mail_addresses, mail_returns
from tussenstop.core.mail_returns import Outcome
from tussenstop.core.models import Unreachable

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


def take(raw: bytes) -> Outcome:
    return mail_returns.take(raw, to="", now=clock.now())


def test_one_report_that_arrives_twice_counts_once() -> None:
    raw = report(left())

    results = together(*[lambda: take(raw)] * 3)

    assert sorted(results) == [Outcome.NOTHING, Outcome.NOTHING, Outcome.RETURNED]
    assert Unreachable.objects.get().returns == 1


def test_reports_on_several_letters_to_one_address_all_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(mail_addresses, "_told", [lambda address, now: told.append(address)])
    raws = [report(left()) for _letter in range(3)]

    together(*[lambda raw=raw: take(raw) for raw in raws])  # type: ignore[misc]

    assert Unreachable.objects.get().returns == 3
    assert mail_addresses.is_unreachable("mo@example.org")
    assert len(told) == 1
