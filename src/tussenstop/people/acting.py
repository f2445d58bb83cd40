"""Who acts, and by what means: passed to every action."""

from dataclasses import dataclass

from tussenstop.core.audit import Actor
from tussenstop.people.models import Person


@dataclass(frozen=True, slots=True)
class By:
    """A person acting by `session` (signed in) or by `link` (a link sent to their address)."""

    person: Person
    means: str = "session"

    @property
    def actor(self) -> Actor:
        return Actor(id=self.person.pk, label=self.person.name, means=self.means)
