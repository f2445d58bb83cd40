"""Words that people read: an e-mail is a mail to them, as they say it; only the code says letter."""

import re
from importlib.resources import files

import polib

# A letter on paper, and the letters of a file.
OTHER = ("where the letter is kept", "read the letters in this file")


def test_people_read_of_mail_and_not_of_letters() -> None:
    catalogue = polib.pofile(str(files("tussenstop") / "locale/nl/LC_MESSAGES/django.po"))
    said = [
        entry.msgid
        for entry in catalogue
        if not entry.obsolete
        and re.search(r"\bletters?\b", entry.msgid, re.IGNORECASE)
        and not any(words in entry.msgid for words in OTHER)
    ]
    assert said == []
