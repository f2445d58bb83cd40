"""Institutions and organisations: added to the partnership, and described."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import claim, make_once, once
from tussenstop.people.actions.roles import Invited, give_role
from tussenstop.people.models import Institution, Organisation
from tussenstop.people.rules import Role

INSTITUTION_TAKEN = _("There is an institution with this name already.")
ORGANISATION_TAKEN = _("There is an organisation with this name already.")


@transaction.atomic
def add_institution(
    *,
    by: By,
    name: str,
    now: datetime,
    short_name: str = "",
    about: str = "",
    website: str = "",
    contact_email: str = "",
    coordinator: Invited | None = None,
    key: UUID | None = None,
) -> Institution:
    """Add an institution, with who will coordinate it. `key` came with the form: the same form
    sent twice makes one institution."""
    institution, made = make_once(
        Institution.objects,
        key,
        taken=INSTITUTION_TAKEN,
        name=name,
        short_name=short_name,
        about=about,
        website=website,
        contact_email=contact_email,
        created_at=now,
    )
    if not made:
        return institution
    audit.record("institution.added", actor=by.actor, now=now, subject_id=institution.pk, name=name)
    if coordinator:
        role = Role.PROGRAMME_COORDINATOR
        give_role(by=by, to=coordinator, role=role, scope=institution, now=now)
    return institution


@transaction.atomic
def edit_institution(
    *,
    by: By,
    institution: Institution,
    seen: int,
    name: str,
    now: datetime,
    short_name: str = "",
    about: str = "",
    website: str = "",
    contact_email: str = "",
) -> None:
    """Describe an institution. `seen` is the version this person had before them."""
    with once(INSTITUTION_TAKEN, field="name"):
        written = claim(
            institution,
            seen=seen,
            name=name,
            short_name=short_name,
            about=about,
            website=website,
            contact_email=contact_email,
        )
    if written:
        audit.record(
            "institution.edited", actor=by.actor, now=now, subject_id=institution.pk, name=name
        )


@transaction.atomic
def add_organisation(
    *,
    by: By,
    name: str,
    now: datetime,
    sector: str = "",
    about: str = "",
    website: str = "",
    coordinator: Invited | None = None,
    key: UUID | None = None,
) -> Organisation:
    """Add an organisation, with who will coordinate it; twice the same form makes one."""
    organisation, made = make_once(
        Organisation.objects,
        key,
        taken=ORGANISATION_TAKEN,
        name=name,
        sector=sector,
        about=about,
        website=website,
        created_at=now,
    )
    if not made:
        return organisation
    audit.record(
        "organisation.added", actor=by.actor, now=now, subject_id=organisation.pk, name=name
    )
    if coordinator:
        role = Role.ORGANISATION_COORDINATOR
        give_role(by=by, to=coordinator, role=role, scope=organisation, now=now)
    return organisation


@transaction.atomic
def edit_organisation(
    *,
    by: By,
    organisation: Organisation,
    seen: int,
    name: str,
    now: datetime,
    sector: str = "",
    about: str = "",
    website: str = "",
) -> None:
    """Describe an organisation. `seen` is the version this person had before them."""
    with once(ORGANISATION_TAKEN, field="name"):
        written = claim(
            organisation, seen=seen, name=name, sector=sector, about=about, website=website
        )
    if written:
        audit.record(
            "organisation.edited", actor=by.actor, now=now, subject_id=organisation.pk, name=name
        )
