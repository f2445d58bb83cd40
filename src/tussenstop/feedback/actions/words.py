"""The words of feedback as somebody gives them, checked and kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.core.errors import DomainError
from tussenstop.feedback.models import Feedback, Strength, Topic
from tussenstop.feedback.rules import (
    LONG,
    MOST_COMPETENCES,
    MOST_STRENGTHS,
    OWN_STRENGTH,
    SHORT,
    code_of,
)
from tussenstop.people.models import Competence


class CannotGive(DomainError):
    """This feedback can't be given like this."""


@dataclass(frozen=True, slots=True)
class Words:
    """What one saw, what it did, what could be next; and the talents and competences in it."""

    saw: str
    did: str
    next_step: str
    strengths: Sequence[str] = field(default=())
    own_strength: str = ""
    competences: Sequence[UUID] = field(default=())

    def columns(self) -> dict[str, str]:
        return {
            "saw": self.saw.strip(),
            "did": self.did.strip(),
            "next_step": self.next_step.strip(),
        }


def check(words: Words, *, role: str) -> None:
    """Raises CannotGive; `role` is the receiver's."""
    texts = words.columns()
    if not texts["saw"]:
        raise CannotGive(_("Say in a few words what you saw."), field="saw")
    if not texts["next_step"]:
        raise CannotGive(_("Feedback looks forward: what could be next?"), field="next_step")
    for name, most in (("saw", SHORT), ("did", SHORT), ("next_step", LONG)):
        if len(texts[name]) > most:
            raise CannotGive(_("This is too long. Say the rest in person."), field=name)
    if len(set(words.strengths)) + bool(words.own_strength.strip()) > MOST_STRENGTHS:
        raise CannotGive(_("Choose the talents that stood out most."), field="strengths")
    if len(words.own_strength.strip()) > OWN_STRENGTH:
        raise CannotGive(_("A few words are enough."), field="own_strength")
    offered = {key for key, one in pack().strengths.items() if role in one.roles}
    if not offered.issuperset(words.strengths):
        raise CannotGive(_("This talent is not on the list."), field="strengths")
    if len(words.competences) > MOST_COMPETENCES:
        raise CannotGive(_("Choose the competences that it is most about."), field="competences")


def put_strengths(feedback: Feedback, words: Words) -> None:
    """The talents in it; own words that say a built-in name again are that one."""
    keys = list(dict.fromkeys(words.strengths))
    own = " ".join(words.own_strength.split())
    rows = [Strength(feedback=feedback, key=key) for key in keys]
    if own:
        same = _built_in(own, feedback.receiver_role)
        if same is None:
            rows.append(Strength(feedback=feedback, own=own))
        elif same not in keys:
            rows.append(Strength(feedback=feedback, key=same))
    Strength.objects.bulk_create(rows)


def _built_in(own: str, role: str) -> str | None:
    for key, one in pack().strengths.items():
        names = {code_of("", one.name.nl), code_of("", one.name.en)}
        if role in one.roles and code_of("", own) in names:
            return key
    return None


def put_topics(feedback: Feedback, chosen: Iterable[Competence]) -> None:
    """The competences it is about, as they read now."""
    Topic.objects.bulk_create(
        Topic(feedback=feedback, competence=one, code=one.code, text=one.text) for one in chosen
    )
