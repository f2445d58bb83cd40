"""The generated pages of docs/ say what the code says now."""

import pytest
from django.utils import translation

from tussenstop.ops.docs import PAGES, ROOT


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_up_to_date(name: str) -> None:
    with translation.override("en"):
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]()
