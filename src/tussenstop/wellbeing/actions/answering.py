"""Filling in a questionnaire of one's institution, and taking that away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.core import once
from tussenstop.instruments.models import Instrument
from tussenstop.people.acting import By
from tussenstop.wellbeing.actions.own import MOST_A_DAY, CannotTell, require_chosen
from tussenstop.wellbeing.answers import get_to_fill_in
from tussenstop.wellbeing.models import Answered
from tussenstop.wellbeing.rules import WORD


@transaction.atomic
def answer(
    *,
    by: By,
    key: UUID,
    instrument: Instrument,
    answers: Sequence[int],
    word: str,
    now: datetime,
) -> Answered:
    """Keep somebody's answers (which one, from 1 on, for each sentence). Sent twice, there once.
    Raises NotFound for whom it is not."""
    require_chosen(by, now)
    mine = Answered.objects.filter(pk=key, person=by.person)
    if same := mine.first():
        return same
    current = get_to_fill_in(person=by.person, instrument_id=instrument.pk, now=now)
    if not current.is_offered(timezone.localdate(now)):
        raise CannotTell(_("Your school does not offer this any more, so it was not kept."))
    _check(current, answers, word)
    since = now - timedelta(days=1)
    if Answered.objects.filter(person=by.person, at__gt=since).count() >= MOST_A_DAY:
        raise CannotTell(_("That is often enough for one day. Tomorrow is there again."))
    made, _new = once.make(
        mine,
        pk=key,
        person=by.person,
        instrument=current,
        at=now,
        said={"answers": [int(one) for one in answers], "word": word.strip()},
    )
    return made


def _check(instrument: Instrument, answers: Sequence[int], word: str) -> None:
    spoken = instrument.spoken
    if len(answers) != len(spoken.items):
        raise CannotTell(_("Choose an answer to every sentence."))
    for number, one in enumerate(answers, start=1):
        if one not in range(1, len(spoken.labels) + 1):
            raise CannotTell(_("Choose what fits best."), field=f"q{number}")
    if len(word.strip()) > WORD:
        raise CannotTell(_("One word, or a few short ones."), field="word")


@transaction.atomic
def remove(*, by: By, answered: Answered) -> None:
    """Take one away for good, with everything that hangs on it. Twice is once."""
    Answered.objects.filter(pk=answered.pk, person=by.person).delete()
