"""Compiles the catalogues into a wheel, so that an installed copy speaks Dutch at once."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        for source in Path(self.root).glob("src/tussenstop/locale/*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            polib.pofile(str(source)).save_as_mofile(str(target))
            inside = target.relative_to(Path(self.root) / "src")
            build_data["force_include"][str(target)] = str(inside)
