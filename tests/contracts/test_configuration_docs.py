"""docs/configuration.md names every setting that the product reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'\benv(?:_flag|_list)?\(\s*"([A-Z_]+)"')


def test_the_configuration_page_is_complete() -> None:
    settings = (ROOT / "src/tussenstop/settings.py").read_text(encoding="utf-8")
    documented = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    read = {f"TUSSENSTOP_{name}" for name in READ.findall(settings)}
    assert len(read) > 10
    assert set(re.findall(r"`(TUSSENSTOP_[A-Z_]+)`", documented)) == read
