"""The Dutch catalogue: collected from the code, checked for gaps, compiled for use.

Usage: python -m tussenstop.ops.translations collect | check | compile
"""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = PACKAGE / "locale/nl/LC_MESSAGES/django.po"


def compile_catalogues() -> None:
    """Make every .mo that is missing or older than its .po."""
    for source in PACKAGE.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def _extract() -> polib.POFile:
    """Every text of the code and the templates, without translations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tussenstop.settings")
    import django
    from django.core.management import call_command

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tussenstop"
        skip = shutil.ignore_patterns("locale", "__pycache__", "static", "data", "demo")
        shutil.copytree(PACKAGE, copy, ignore=skip)
        (copy / "locale/nl/LC_MESSAGES").mkdir(parents=True)
        before = Path.cwd()
        os.chdir(copy)
        try:
            call_command(
                "makemessages",
                locale=["nl"],
                no_location=True,
                no_wrap=True,
                extensions=["html", "txt", "py"],
                stdout=io.StringIO(),
                verbosity=0,
            )
        finally:
            os.chdir(before)
        return polib.pofile(str(copy / "locale/nl/LC_MESSAGES/django.po"))


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def collect() -> None:
    """Bring the catalogue up to date: new texts without translation, gone texts gone."""
    known = {}
    if CATALOGUE.exists():
        known = {_key(entry): entry for entry in polib.pofile(str(CATALOGUE))}
    wanted = polib.POFile(wrapwidth=0)
    wanted.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "nl",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in sorted(_extract(), key=_key):
        old = known.get(_key(entry))
        wanted.append(
            polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgstr=old.msgstr if old else "",
                msgstr_plural=(old.msgstr_plural if old else {0: "", 1: ""})
                if entry.msgid_plural
                else {},
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    wanted.save(str(CATALOGUE))


def problems() -> Iterator[str]:
    """What is missing from the catalogue, or no longer used, one sentence each."""
    catalogue = {_key(entry): entry for entry in polib.pofile(str(CATALOGUE))}
    used = {_key(entry) for entry in _extract()}
    for key in sorted(used - catalogue.keys()):
        yield f"not in the catalogue (make messages): {key[1]!r}"
    for key in sorted(catalogue.keys() - used):
        yield f"no longer used (make messages): {key[1]!r}"
    for key, entry in catalogue.items():
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        if not all(texts):
            yield f"not translated: {key[1]!r}"
        if entry.fuzzy:
            yield f"fuzzy: {key[1]!r}"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["collect"]:
            collect()
        case ["compile"]:
            compile_catalogues()
        case ["check"]:
            found = list(problems())
            for problem in found:
                print(problem)
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
