"""Kinds of conversations by name, from the content pack."""

from tussenstop.content import Conversation, pack


def kind_of(key: str) -> Conversation | None:
    return pack().conversations.get(key)


def kind_name(key: str) -> str:
    """In the active language; a kind that left the pack keeps its key."""
    kind = kind_of(key)
    return str(kind.name) if kind else key


def kinds() -> dict[str, Conversation]:
    return dict(pack().conversations)
