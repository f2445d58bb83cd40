"""The story: kept as codes, told as sentences in the reader's language."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tests.worlds import NOW, World
from tussenstop.core import audit
from tussenstop.core.audit import SYSTEM, Actor
from tussenstop.core.models import AuditEntry

MO = Actor(id=None, label="Mo Mentor", means="link")


def test_every_entry_ever_written_can_be_told_in_both_languages(world: World) -> None:
    entries = list(AuditEntry.objects.filter(route_id=world.route.pk))
    assert len(entries) > 5

    for language in ("nl", "en"):
        with translation.override(language):
            for entry in entries:
                assert "%(" not in audit.sentence(entry)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "Mo Mentor reist mee als mentor."), ("en", "Mo Mentor takes part as mentor.")],
)
def test_a_role_is_kept_as_a_code_and_told_as_a_word(language: str, told: str) -> None:
    entry = audit.record("people.accepted", actor=MO, now=NOW, role="mentor")

    with translation.override(language):
        assert audit.sentence(entry) == told
    assert entry.means == "link"


@pytest.mark.django_db
def test_what_nobody_can_tell_is_not_written_down() -> None:
    with pytest.raises(ValueError, match=r"no sentence for 'made\.up'"):
        audit.record("made.up", actor=SYSTEM, now=NOW)

    assert not AuditEntry.objects.exists()


def test_a_code_has_one_sentence() -> None:
    with pytest.raises(ValueError, match="told twice"):
        audit.tell({"people.accepted": _("Something else.")})


@pytest.mark.django_db
def test_a_per_cent_sign_in_what_people_wrote_is_told_as_written() -> None:
    entry = audit.record(
        "agenda.added", actor=MO, now=NOW, stop="Onboarding", text="80% of 100% %(who)s?"
    )

    assert "80% of 100% %(who)s?" in audit.sentence(entry)
