"""Starting a route in a few words, for tests."""

from typing import Any

from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited
from tussenstop.people.models import Person
from tussenstop.routes.actions import start
from tussenstop.routes.actions.start import Place
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context


def place(world: World, **other: Any) -> Place:
    return Place(
        **{
            "workplace": world.workplace,
            "starts_on": FIRST_DAY,
            "ends_on": LAST_DAY,
            "form": "internship_agreement",
            **other,
        }
    )


def start_own(world: World, by: Person | None = None, **other: Any) -> Route:
    return start.start_own_route(
        **{
            "by": By(by or world.student),
            "key": uuid7(),
            "programme": world.programme,
            "context": Context.CANDIDATE,
            "now": NOW,
            **other,
        }
    )


def start_student(world: World, by: Person | None = None, **other: Any) -> Route:
    return start.start_for_student(
        **{
            "by": By(by or world.programme_coordinator),
            "key": uuid7(),
            "student": Invited("nieuw@example.org", "Noor Nieuw", "en"),
            "programme": world.programme,
            "context": Context.WORKPLACE_STUDENT,
            "now": NOW,
            **other,
        }
    )


def start_employee(world: World, by: Person | None = None, **other: Any) -> Route:
    return start.start_for_employee(
        **{
            "by": By(by or world.organisation_coordinator),
            "key": uuid7(),
            "organisation": world.organisation,
            "student": Invited("nieuw@example.org", "Noor Nieuw", "nl"),
            "programme": world.programme,
            "place": place(world, form="employment_addendum"),
            "now": NOW,
            **other,
        }
    )


def mail_to(email: str) -> list[str]:
    return list(OutgoingMail.objects.filter(to=email).values_list("subject", flat=True))
