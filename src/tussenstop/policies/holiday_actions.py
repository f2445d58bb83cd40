"""An institution's own holidays: typed, taken out, and back to the usual ones."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.models import Institution
from tussenstop.policies.holidays import school_holidays
from tussenstop.policies.models import OwnHoliday

LONGEST = timedelta(days=120)
MOST = 40  # in a school year: nobody has more, and a slip of the hand does no harm


class CannotHaveHoliday(DomainError):
    """This can't be a holiday."""


def _of_year(institution: Institution, year: int) -> "list[OwnHoliday]":
    """Held on to until the end, so that two people get one list."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    return list(
        OwnHoliday.objects.filter(
            institution=institution,
            removed_at=None,
            first_on__gte=date(year, 9, 1),
            first_on__lt=date(year + 1, 9, 1),
        )
    )


@transaction.atomic
def begin_own(*, by: By, institution: Institution, year: int, now: datetime) -> None:
    """Begin an own list for the school year that begins in `year`, with the usual holidays in it.
    Twice is once."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    if _of_year(institution, year):
        return
    for one in school_holidays(year):
        OwnHoliday.objects.create(
            institution=institution,
            name=one.name,
            first_on=one.first_on,
            last_on=one.last_on,
            made_by=by.person,
            made_at=now,
        )
    audit.record(
        "holiday.own", actor=by.actor, now=now, subject_id=institution.pk, year=f"{year}-{year + 1}"
    )


@transaction.atomic
def add(
    *,
    by: By,
    institution: Institution,
    year: int,
    key: UUID,
    name: str,
    first_on: date,
    last_on: date,
    now: datetime,
) -> None:
    """A holiday in an own list; when there is no own list yet, the usual ones come along. Sent
    twice, there once."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    if OwnHoliday.objects.filter(pk=key, institution=institution).exists():
        return
    if last_on < first_on:
        raise CannotHaveHoliday(_("The last day lies before the first."), field="last_on")
    if last_on - first_on > LONGEST:
        raise CannotHaveHoliday(
            _("At most %(days)s days on end.") % {"days": LONGEST.days}, field="last_on"
        )
    if not date(year, 9, 1) <= first_on < date(year + 1, 9, 1):
        raise CannotHaveHoliday(
            _("This day lies in another school year than %(year)s.")
            % {"year": f"{year}-{year + 1}"},
            field="first_on",
        )
    begin_own(by=by, institution=institution, year=year, now=now)
    if len(_of_year(institution, year)) >= MOST:
        raise CannotHaveHoliday(_("There are already %(most)s holidays.") % {"most": MOST})
    OwnHoliday.objects.create(
        pk=key,
        institution=institution,
        name=name,
        first_on=first_on,
        last_on=last_on,
        made_by=by.person,
        made_at=now,
    )
    audit.record("holiday.added", actor=by.actor, now=now, subject_id=institution.pk, name=name)


@transaction.atomic
def remove(*, by: By, holiday: OwnHoliday, now: datetime) -> None:
    """Lessons after all. Twice is once."""
    institution = holiday.institution
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    rows = OwnHoliday.objects.filter(pk=holiday.pk, removed_at=None)
    if rows.update(removed_at=now):
        audit.record(
            "holiday.removed", actor=by.actor, now=now, subject_id=institution.pk, name=holiday.name
        )


@transaction.atomic
def back_to_usual(*, by: By, institution: Institution, year: int, now: datetime) -> None:
    """The usual holidays hold again in that school year. Twice is once."""
    checks.require_in(by.person, InScope.EDIT_INSTITUTION, institution, now=now)
    own = _of_year(institution, year)
    if not own:
        return
    OwnHoliday.objects.filter(pk__in=[one.pk for one in own]).update(removed_at=now)
    audit.record(
        "holiday.usual",
        actor=by.actor,
        now=now,
        subject_id=institution.pk,
        year=f"{year}-{year + 1}",
    )
