"""What the domain may refuse, in words fit for people."""

from django.utils.functional import Promise


class DomainError(Exception):
    """Something that can't be done now, said in a sentence; `field` names the form's field."""

    def __init__(self, text: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(text))
        self.text = text
        self.field = field


class NotFound(DomainError):
    """There is no such thing, or this person may not know of it: the same answer for both."""

    def __init__(self) -> None:
        super().__init__("not found")


class Refused(DomainError):
    """This person knows of the thing, but may not do this with it."""


class Stale(DomainError):
    """Somebody else was first: what this person saw is no longer how things stand."""
