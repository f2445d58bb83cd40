"""People, schools and employers for tests: valid by default, one line each."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tussenstop.content import pack
from tussenstop.people.models import (
    Competence,
    Institution,
    Membership,
    Organisation,
    Person,
    Programme,
    TemplateStop,
    Workplace,
)
from tussenstop.people.rules import Role

LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Persoon {n}")
    email = factory.Sequence(lambda n: f"persoon{n}@example.org")
    password = "!"  # none: a code by mail is enough
    language = "nl"
    created_at = LONG_AGO


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    name = factory.Sequence(lambda n: f"School {n}")
    created_at = LONG_AGO


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisatie {n}")
    created_at = LONG_AGO


class WorkplaceFactory(DjangoModelFactory):
    class Meta:
        model = Workplace

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Team {n}")
    created_at = LONG_AGO


class MembershipFactory(DjangoModelFactory):
    """Say the role and the institution or organisation: MembershipFactory(role=…, organisation=…)."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    role = Role.MENTOR
    since = LONG_AGO


class ProgrammeFactory(DjangoModelFactory):
    """A programme with the built-in route template."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    institution = factory.SubFactory(InstitutionFactory)
    name = factory.Sequence(lambda n: f"Opleiding {n}")
    hours_target = 400
    created_at = LONG_AGO

    @factory.post_generation
    def template(self, create: bool, extracted: object) -> None:
        if create and extracted is not False:
            TemplateStop.objects.bulk_create(
                TemplateStop(
                    programme=self,
                    kind=kind.key,
                    position=position,
                    optional=kind.optional,
                    week=kind.week,
                )
                for position, kind in enumerate(pack().stops.values())
            )


class CompetenceFactory(DjangoModelFactory):
    class Meta:
        model = Competence

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: f"{n}")
    text = "Luistert voor er een antwoord komt"
    position = factory.Sequence(lambda n: n)
