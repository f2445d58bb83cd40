"""The PDF of a sealed agreement."""

from tussenstop.agreements.models import Seal


def render(seal: Seal) -> bytes:
    raise NotImplementedError
