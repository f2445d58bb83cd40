"""The demo partnership: the same believable world every time, built through the real actions."""

from tussenstop.ops.demo.build import build, is_built, people

__all__ = ["build", "is_built", "people"]
