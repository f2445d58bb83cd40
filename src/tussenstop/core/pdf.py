"""PDF: a template of ours, what it shows as data, and our own fonts. Deterministic and tagged."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=True,
        font_paths=[str(files("tussenstop.core").joinpath("fonts"))],
    )


def make(package: str, template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a Typst template in one of our packages. The template reads `data` as JSON and
    never as markup, so that what people wrote stands there as they wrote it. Equal input gives
    equal bytes, with `at` as the moment it was made."""
    source = files(package).joinpath(template).read_bytes()
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    moment = int(at.timestamp())
    try:
        made = typst.compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            font_paths=_fonts(system=False),
            timestamp=moment,
            # Archivable with everything inside it, and readable by screen readers.
            pdf_standards=["a-3a", "ua-1"],
        )
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A letter that our fonts lack, in a script we did not foresee: what the machine has is
        # better than no document, but then it can't promise to look the same everywhere.
        made = typst.compile(
            source,
            format="pdf",
            sys_inputs=inputs,
            font_paths=_fonts(system=True),
            timestamp=moment,
            pdf_standards=["1.7"],
        )
    return bytes(made)
