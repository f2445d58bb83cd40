"""Sealed values: keys follow each other, and a lost key is told."""

from typing import Any

import pytest

from tests.wellbeing.telling import CANARY, tells
from tests.worlds import World
from tussenstop.core import sealed
from tussenstop.wellbeing.models import CheckIn

OLD, NEW = "a-secret-of-before", "a-secret-of-today"


def test_a_value_comes_back_and_cannot_be_read_in_between() -> None:
    kept = sealed.seal({"word": CANARY, "items": {"energy": 3}})
    assert CANARY not in kept
    assert sealed.open_sealed(kept) == {"word": CANARY, "items": {"energy": 3}}


def test_short_answers_are_as_long_as_each_other() -> None:
    assert len(sealed.seal("ja")) == len(sealed.seal("een heel ander antwoord"))


@pytest.mark.django_db
def test_a_new_key_seals_anew_and_the_old_one_can_go(world: World, settings: Any) -> None:
    settings.WELLBEING_KEYS = [OLD]
    tells(world.student)
    settings.WELLBEING_KEYS = [NEW, OLD]
    assert CheckIn.objects.get().word == CANARY
    assert sealed.readable()
    assert sealed.reseal() == (1, 0)
    assert sealed.reseal() == (0, 0)
    settings.WELLBEING_KEYS = [NEW]
    assert CheckIn.objects.get().word == CANARY


@pytest.mark.django_db
def test_a_lost_key_is_told_and_destroys_nothing(world: World, settings: Any) -> None:
    settings.WELLBEING_KEYS = [OLD]
    tells(world.student)
    settings.WELLBEING_KEYS = [NEW]
    assert not sealed.readable()
    assert sealed.reseal() == (0, 1)
    with pytest.raises(sealed.KeyIsGone):
        CheckIn.objects.get()
    settings.WELLBEING_KEYS = [OLD]
    assert CheckIn.objects.get().word == CANARY
