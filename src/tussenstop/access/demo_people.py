"""The invented people of a demo, by the role in which one meets them."""

from collections import defaultdict

from tussenstop.access.models import Participation
from tussenstop.people.models import Membership, Person

ORDER = (
    "student",
    "mentor",
    "teacher",
    "coach",
    "godparent",
    "organisation_coordinator",
    "programme_coordinator",
    "administrator",
)
# Whom to sign in as for a first look, in this order.
FIRST_LOOK = (
    ("Lien De Backer", "student (own employee)"),
    ("Sara Vandamme", "student"),
    ("Rita Goossens", "mentor"),
    ("An Verbruggen", "teacher"),
    ("Bram Claes", "competence coach"),
    ("Els Peeters", "organisation coordinator"),
    ("Hilde Mertens", "programme coordinator"),
    ("Griet Vanhoutte", "administrator"),
)
# Beside their roles on routes, people are met by these memberships.
BY_MEMBERSHIP = {"organisation_coordinator", "programme_coordinator", "administrator"}


def demo_people() -> dict[str, list[Person]]:
    """Demo people by role, in the order of the list above, whoever is good for a first look
    in front; somebody with two roles stands twice."""
    found: dict[str, dict[str, Person]] = defaultdict(dict)
    parts = (
        Participation.objects.filter(person__is_demo=True, declined_at=None)
        .select_related("person")
        .order_by("invited_at", "pk")
    )
    for part in parts:
        found[part.role].setdefault(str(part.person_id), part.person)
    members = (
        Membership.objects.filter(person__is_demo=True, role__in=BY_MEMBERSHIP, until=None)
        .select_related("person")
        .order_by("since", "pk")
    )
    for member in members:
        found[member.role].setdefault(str(member.person_id), member.person)
    first = {name for name, _role in FIRST_LOOK}
    return {
        role: sorted(found[role].values(), key=lambda p: (p.name not in first, p.name))
        for role in ORDER
    }


def demo_person(email: str) -> Person | None:
    return Person.objects.filter(email=email, is_demo=True, is_active=True).first()
