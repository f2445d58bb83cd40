"""Preparing a talk: in private, with built-in questions and one's own, shared when one chooses."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.conversations.actions.people import CannotTalk, require_part, take_turn
from tussenstop.conversations.models import Conversation, Prepared, Prompt
from tussenstop.conversations.rules import MOST_PROMPTS
from tussenstop.core import once
from tussenstop.core.errors import NotFound, Stale
from tussenstop.people.acting import By


class PreparedStale(Stale):
    """The same person saved another text meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: Mapping[str, str], version: int) -> None:
        super().__init__(
            _(
                "You saved this preparation in another window meanwhile. "
                "Put the two together and save again."
            )
        )
        self.theirs = theirs
        self.version = version


@transaction.atomic
def save(
    *,
    by: By,
    conversation: Conversation,
    answers: dict[str, str],
    seen: int,
    now: datetime,
    shared: bool | None = None,
) -> Prepared:
    """Keep what somebody wrote to prepare; `shared` shows it, or takes it back. `seen` is 0 when
    there was nothing yet. Raises PreparedStale."""
    take_turn(by, conversation, now)
    kept = _keep(by, conversation, answers, seen, now)
    if shared is not None:
        share(by=by, conversation=conversation, shared=shared, now=now)
    return kept


def _keep(
    by: By, conversation: Conversation, answers: dict[str, str], seen: int, now: datetime
) -> Prepared:
    mine = Prepared.objects.filter(conversation=conversation, person=by.person)
    if seen == 0:
        try:
            with transaction.atomic():
                return Prepared.objects.create(
                    conversation=conversation, person=by.person, answers=answers, updated_at=now
                )
        except IntegrityError as error:
            kept = mine.get()
            if kept.answers == answers:
                return kept
            raise PreparedStale(kept.answers, kept.version) from error
    saved = mine.filter(version=seen).update(
        answers=answers, updated_at=now, version=F("version") + 1
    )
    found = mine.first()
    if found is None:
        raise NotFound
    if not saved and found.answers != answers:
        raise PreparedStale(found.answers, found.version)
    return found


def share(*, by: By, conversation: Conversation, shared: bool, now: datetime) -> None:
    """Show one's preparation to who takes part now, or take it back. Twice is once."""
    require_part(by, conversation, now)
    Prepared.objects.filter(conversation=conversation, person=by.person).update(
        shared_at=now if shared else None
    )


@transaction.atomic
def add_prompt(*, by: By, kind: str, key: UUID, text: str, now: datetime) -> None:
    """A question of one's own, for every talk of this kind. Sent twice, there once."""
    text = " ".join(text.split())
    if not text:
        raise CannotTalk(_("Write your question."), field="question")
    mine = Prompt.objects.filter(person=by.person, kind=kind, removed_at=None)
    if mine.filter(pk=key).exists() or mine.filter(text=text).exists():
        return
    if mine.count() >= MOST_PROMPTS:
        raise CannotTalk(_("You have many questions. Take one off first."), field="question")
    once.make(mine.filter(pk=key), pk=key, person=by.person, kind=kind, text=text, made_at=now)


def remove_prompt(*, by: By, prompt_id: UUID, now: datetime) -> None:
    """Not asked any more; what was answered to it stays. Twice is once."""
    mine = Prompt.objects.filter(pk=prompt_id, person=by.person)
    if not mine.exists():
        raise NotFound
    mine.filter(removed_at=None).update(removed_at=now)
