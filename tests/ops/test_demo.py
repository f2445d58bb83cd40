"""The demo partnership: believable, complete, and the same every time."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from tussenstop.access.demo_people import FIRST_LOOK, demo_people
from tussenstop.agreements.models import Agreement, Consent, Revision, Seal
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.queries import offered_to
from tussenstop.instruments.rules import Right, Use
from tussenstop.leave import queries as leaves
from tussenstop.leave.models import Leave
from tussenstop.messages.models import Notice
from tussenstop.ops.demo import build, people
from tussenstop.people.models import (
    Competence,
    Institution,
    Organisation,
    Person,
    Programme,
    Workplace,
)
from tussenstop.routelog.models import Word
from tussenstop.routes.models import Moment, Route
from tussenstop.routes.rules import Context, State

# An evening: whatever the hour at which it is built, people act by day.
NOW = datetime(2026, 11, 23, 20, 40, tzinfo=UTC)


pytestmark = pytest.mark.xdist_group("demo")  # what is built once stays on one worker


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Built twice from nothing, with what each time gave. The tests only read."""
    from django.db import transaction

    shapes: list[dict[str, Any]] = []
    with django_db_blocker.unblock():
        for time in ("first", "second"):
            with transaction.atomic():
                build(now=NOW)
                shapes.append(shape())
                if time == "second":
                    yield shapes
                transaction.set_rollback(True)


def shape() -> dict[str, Any]:
    """What somebody who shows the demo counts on."""
    return {
        "states": sorted(Route.objects.values_list("student__name", "state", "context")),
        "texts": sorted(Revision.objects.values_list("agreement__title", "number")),
        "story": sorted(AuditEntry.objects.values_list("at", "code", "actor_label")),
    }


def test_it_holds_what_a_partnership_holds(demo: None) -> None:
    assert Institution.objects.count() == 2
    assert Programme.objects.count() == 3
    assert Organisation.objects.count() == 6
    assert 28 <= Route.objects.count() <= 36
    assert all(Competence.objects.filter(programme=p).count() >= 8 for p in Programme.objects.all())
    assert all(w.culture_types and w.culture_story for w in Workplace.objects.all())


def test_there_are_students_in_every_context_and_at_every_stage(demo: None) -> None:
    assert set(Route.objects.values_list("context", flat=True)) == set(Context)
    assert set(Route.objects.values_list("state", flat=True)) == set(State)


def test_agreements_are_accepted_contested_and_waiting(demo: None) -> None:
    answers = Counter(Consent.objects.values_list("answer", flat=True))
    assert answers["yes"] > 20
    assert answers["change"] >= 2
    assert Seal.objects.count() >= 15
    assert Agreement.objects.filter(revisions=None).exists()
    assert Revision.objects.filter(seal=None, parties__consent=None).exists()
    assert Moment.objects.filter(ended_at=None, starts_at__gt=NOW).exists()


def test_a_student_has_training_leave_with_a_last_day_ahead(demo: None) -> None:
    found = leaves.get_year(
        person=Person.objects.get(name="Sara Vandamme"), leave_id=Leave.objects.get().pk, now=NOW
    )
    assert 0 < found.used < found.budget.hours
    ahead = [one for one, done in found.days if one.asks and not (done and done.done_on)]
    assert ahead[0].day > NOW.date()
    assert 0 < leaves.career(found, NOW)[0].left < 36


def test_everything_happened_by_day_and_nothing_in_the_future(demo: None) -> None:
    moments = AuditEntry.objects.filter(actor_id__isnull=False).values_list("at", flat=True)

    assert max(moments) <= NOW
    by_night = [at for at in moments if not 7 <= timezone.localtime(at).hour <= 21]
    assert len(by_night) == 0


def test_a_stop_that_lies_behind_was_talked_about_and_told(demo: None) -> None:
    route = Route.objects.filter(state=State.UNDER_WAY).first()
    assert route is not None
    done = route.stops.filter(done_at__isnull=False, stretch=False)
    assert done.exists()
    assert all(stop.outcome and not stop.agenda.filter(talked_at=None).exists() for stop in done)


def test_the_people_for_a_first_look_are_there_and_stand_in_front(demo: None) -> None:
    assert [name for name, _role, _email in people()] == [name for name, _role in FIRST_LOOK]
    assert demo_people()["student"][0].name in {"Lien De Backer", "Sara Vandamme"}
    assert all(demo_people().values())
    assert not Person.objects.filter(is_demo=False).exists()


def test_no_letters_of_a_past_that_never_was_are_sent(demo: None) -> None:
    assert not OutgoingMail.objects.exists()


def test_letters_of_the_past_were_read_and_the_newest_were_not(demo: None) -> None:
    assert Notice.objects.exclude(read_at=None).exists()
    assert Notice.objects.filter(read_at=None).exists()
    assert not Notice.objects.exclude(due_at=None).exists()
    assert Word.objects.filter(route__student__name="Sara Vandamme").count() >= 5


def test_it_is_the_same_every_time(demo: list[dict[str, Any]]) -> None:
    first, second = demo
    assert first == second
    assert first["story"]


def test_one_school_keeps_a_questionnaire_of_its_own_that_can_be_filled_in(demo: None) -> None:
    kept = Instrument.objects.get()
    assert kept.right_how == Right.OWN
    person = Person.objects.get(name="Lien De Backer")
    assert offered_to(person, now=NOW, use=Use.CHECK_IN) == [kept]
