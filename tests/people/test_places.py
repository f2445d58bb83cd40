"""Institutions, organisations and programmes: made once, and changed by one at a time."""

import pytest

from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
)
from tests.worlds import NOW
from tussenstop.content import pack
from tussenstop.core.errors import Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import Taken
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db
HILDE = actions.Invited("hilde@example.org", "Hilde")


@pytest.fixture
def by() -> By:
    return By(PersonFactory(name="Griet"))


def test_an_institution_comes_with_who_coordinates_it(by: By) -> None:
    institution = actions.add_institution(by=by, name="CVO", coordinator=HILDE, now=NOW)
    held = Membership.objects.get()
    assert (held.institution, held.role) == (institution, Role.PROGRAMME_COORDINATOR)
    assert OutgoingMail.objects.get().to == "hilde@example.org"


def test_the_same_form_sent_twice_makes_one(by: By) -> None:
    key = uuid7()
    for _click in range(2):
        actions.add_institution(by=by, name="CVO", coordinator=HILDE, key=key, now=NOW)
        actions.add_organisation(by=by, name="De Linde", coordinator=HILDE, key=key, now=NOW)
    assert (Institution.objects.count(), Organisation.objects.count()) == (1, 1)
    assert (Person.objects.count(), OutgoingMail.objects.count()) == (2, 2)


def test_a_name_that_exists_is_refused_beside_its_field(by: By) -> None:
    OrganisationFactory(name="De Linde")
    with pytest.raises(Taken) as refusal:
        actions.add_organisation(by=by, name="De Linde", now=NOW)
    assert refusal.value.field == "name"


def test_of_two_who_edit_at_once_the_second_is_told(by: By) -> None:
    organisation = OrganisationFactory(name="De Linde", about="Eerst")
    for_me = Organisation.objects.get(pk=organisation.pk)
    actions.edit_organisation(
        by=by, organisation=organisation, seen=1, name="De Linde", about="Van haar", now=NOW
    )
    with pytest.raises(Stale):
        actions.edit_organisation(
            by=by, organisation=for_me, seen=1, name="De Linde", about="Van mij", now=NOW
        )
    for_me.refresh_from_db()
    assert (for_me.about, for_me.version) == ("Van haar", 2)


def test_a_second_click_on_the_same_change_finds_its_work_done(by: By) -> None:
    institution = InstitutionFactory()
    for _click in range(2):
        actions.edit_institution(by=by, institution=institution, seen=1, name="Nieuw", now=NOW)
    institution.refresh_from_db()
    assert institution.version == 2
    assert AuditEntry.objects.filter(code="institution.edited").count() == 1


def test_renaming_to_a_name_that_exists_is_refused(by: By) -> None:
    InstitutionFactory(name="CVO")
    other = InstitutionFactory()
    with pytest.raises(Taken):
        actions.edit_institution(by=by, institution=other, seen=1, name="CVO", now=NOW)


def test_a_programme_starts_with_the_built_in_route(by: By) -> None:
    outline = actions.Outline(name="Zorgkundige", hours_target=400)
    programme = actions.add_programme(
        by=by, institution=InstitutionFactory(), outline=outline, now=NOW
    )
    stops = programme.template_stops.order_by("position")
    assert [s.kind for s in stops] == list(pack().stops)
    assert [s.week for s in stops] == [k.week for k in pack().stops.values()]
    assert [s.optional for s in stops] == [k.optional for k in pack().stops.values()]


def test_only_a_teacher_of_the_institution_can_be_the_usual_one(by: By) -> None:
    programme = ProgrammeFactory()
    elsewhere = MembershipFactory(role=Role.TEACHER, institution=InstitutionFactory()).person
    here = MembershipFactory(role=Role.TEACHER, institution=programme.institution).person
    with pytest.raises(actions.NotATeacher) as refusal:
        actions.edit_programme(
            by=by,
            programme=programme,
            seen=1,
            outline=actions.Outline("A", 100, default_teacher=elsewhere),
            now=NOW,
        )
    assert refusal.value.field == "default_teacher"
    outline = actions.Outline("A", 100, default_teacher=here)
    actions.edit_programme(by=by, programme=programme, seen=1, outline=outline, now=NOW)
    programme.refresh_from_db()
    assert programme.default_teacher == here


def test_closing_and_opening_again_is_told_once_each(by: By) -> None:
    programme = ProgrammeFactory()
    for _click in range(2):
        actions.close_programme(by=by, programme=programme, now=NOW)
    programme.refresh_from_db()
    assert programme.closed_at == NOW
    for _click in range(2):
        actions.reopen_programme(by=by, programme=programme, now=NOW)
    programme.refresh_from_db()
    assert programme.closed_at is None
    codes = AuditEntry.objects.values_list("code", flat=True).order_by("code")
    assert list(codes) == ["programme.closed", "programme.reopened"]
