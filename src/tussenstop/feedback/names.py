"""What a strength is called."""

from tussenstop.content import pack
from tussenstop.feedback.models import Strength


def name_of(strength: Strength) -> str:
    """By the content pack when it is built in, else in the giver's own words."""
    return strength.own or name_of_key(strength.key)


def name_of_key(key: str) -> str:
    """A built-in one that the pack no longer has keeps its key."""
    entry = pack().strengths.get(key)
    return str(entry.name) if entry else key


def offered(role: str) -> list[tuple[str, str]]:
    """The strengths one can tick for somebody in this role: key and name."""
    return [(key, str(one.name)) for key, one in pack().strengths.items() if role in one.roles]
