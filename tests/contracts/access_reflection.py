"""Who gets what at the addresses of reflection."""

from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    SIGNED_IN,
    SIGNED_IN_POST,
    Case,
    Row,
    doing,
    institution,
    only,
    route,
)
from tests.reflection.writing import (
    a_photo,
    agrees,
    begins_loop,
    invites,
    keeps,
    shares,
    writes,
)
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.reflection.actions import prompting
from tussenstop.reflection.actions import shapes as own_shapes
from tussenstop.reflection.models import Entry, EntryFile, Loop, OwnForm, OwnPrompt, TwoPage

PARTS = "student mentor teacher coach"
LOOKS_ON = "godparent organisation_coordinator programme_coordinator"


def entry(case: Case) -> dict[str, Any]:
    """The student's, shared with the mentor and with nobody else."""
    found = Entry.objects.filter(person=case.world.student).first()
    if found is None:
        found = writes(case.world)
        shares(case.world, found, case.world.mentor, "")
    return {"entry_id": found.pk}


def file(case: Case) -> dict[str, Any]:
    found = EntryFile.objects.first()
    if found is None:
        row = Entry.objects.get(pk=entry(case)["entry_id"])
        found = keeps(case.world, row, a_photo())
    return {"file_id": found.pk}


def question(case: Case) -> dict[str, Any]:
    """The mentor's, for the student."""
    found = OwnPrompt.objects.first() or prompting.add(
        by=By(case.world.mentor),
        key=uuid7(),
        text="Wat viel je op?",
        theme="",
        route=case.world.fresh(),
        now=case.world.now,
    )
    return {"prompt_id": found.pk}


def loop(case: Case) -> dict[str, Any]:
    return {"loop_id": (Loop.objects.first() or begins_loop(case.world)).pk}


def page(case: Case) -> dict[str, Any]:
    """Asked for by the student, accepted by the mentor."""
    found = TwoPage.objects.first() or agrees(case.world, invites(case.world))
    return {"page_id": found.pk}


def own_form(case: Case) -> dict[str, Any]:
    found = OwnForm.objects.first() or own_shapes.keep(
        by=By(case.world.programme_coordinator),
        institution=case.world.institution,
        key=uuid7(),
        name={"nl": "Ons model", "en": ""},
        about="",
        steps=[({"nl": "Wat zag je?", "en": ""}, {"nl": "", "en": ""})],
        now=case.world.now,
    )
    return {"form_id": found.pk}


def says(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "text": "Mooi gezien."}


def a_file(_case: Case, _relation: str) -> dict[str, Any]:
    photo = a_photo()
    photo.name = "foto.jpg"
    return {"key": str(uuid7()), "file": photo, "caption": ""}


def says_to(case: Case, relation: str) -> dict[str, Any]:
    return {**says(case, relation), "reader": str(case.world.mentor.pk)}


OWN = only("student")
DOES = doing("student")
KNOWS_ROUTE = "mentor teacher coach godparent organisation_coordinator programme_coordinator"
MAKES = "programme_coordinator"
AT_SCHOOL = "teacher coach student administrator"

REFLECTION: dict[str, Row] = {
    "journal": Row(SIGNED_IN),
    "journal_new": Row(SIGNED_IN),
    "journal_growth": Row(SIGNED_IN),
    "journal_reminder": Row(SIGNED_IN, SIGNED_IN_POST),
    "journal_prompts": Row(SIGNED_IN, SIGNED_IN_POST),
    "journal_prompt_remove": Row(NO_GET, doing("student mentor"), kwargs=question),
    "journal_file": Row(only("student mentor"), kwargs=file),
    "journal_file_remove": Row(NO_GET, DOES, kwargs=file),
    "journal_entry": Row(only("student mentor"), kwargs=entry),
    "journal_write": Row(OWN, DOES, kwargs=entry),
    "journal_file_add": Row(NO_GET, DOES, kwargs=entry, data=a_file),
    "journal_share": Row(OWN, DOES, kwargs=entry),
    "journal_stop_sharing": Row(NO_GET, DOES, kwargs=entry, data=says_to),
    # The student answers a reader who said something first; here nobody did.
    "journal_say": Row(NO_GET, doing("mentor"), kwargs=entry, data=says_to),
    "journal_highlight": Row(
        NO_GET, DOES, kwargs=entry, data=lambda case, relation: {"key": "free", "on": "1"}
    ),
    "journal_delete": Row(OWN, DOES, kwargs=entry),
    "route_reflection": Row(only(PARTS, refused=LOOKS_ON), kwargs=route),
    "route_suggest": Row(
        only("mentor teacher coach", refused=f"student {LOOKS_ON}"),
        doing("mentor teacher coach", refused=f"student {LOOKS_ON}"),
        kwargs=route,
    ),
    "loop_begin": Row(
        only("student", refused=KNOWS_ROUTE), doing("student", refused=KNOWS_ROUTE), kwargs=route
    ),
    "loop": Row(only("student mentor coach"), doing("student mentor coach"), kwargs=loop),
    "loop_end": Row(NO_GET, doing("student", refused="mentor coach"), kwargs=loop),
    "loop_place": Row(
        NO_GET,
        doing("student", refused="mentor coach"),
        kwargs=loop,
        data=lambda case, relation: {"seat": "mentor"},
    ),
    "loop_show_before": Row(
        NO_GET,
        doing("student", refused="mentor coach"),
        kwargs=loop,
        data=lambda case, relation: {"seat": "mentor"},
    ),
    "two_page_invite": Row(
        only("student mentor", refused=f"teacher coach {LOOKS_ON}"),
        doing("student mentor", refused=f"teacher coach {LOOKS_ON}"),
        kwargs=route,
    ),
    "two_page": Row(only("student mentor"), kwargs=page),
    "two_page_answer": Row(
        NO_GET,
        doing("mentor", refused="student"),
        kwargs=page,
        data=lambda case, relation: {"answer": "yes"},
    ),
    "two_page_end": Row(NO_GET, doing("student mentor"), kwargs=page),
    "two_page_write": Row(
        only("student", refused="mentor"),
        doing("student", refused="mentor"),
        kwargs=lambda case: {**page(case), "column": "student"},
    ),
    "own_forms": Row(only(MAKES, refused=AT_SCHOOL), kwargs=institution),
    "own_form_add": Row(
        only(MAKES, refused=AT_SCHOOL), doing(MAKES, refused=AT_SCHOOL), kwargs=institution
    ),
    "own_form": Row(
        only(MAKES, refused=AT_SCHOOL), doing(MAKES, refused=AT_SCHOOL), kwargs=own_form
    ),
    "own_form_retire": Row(NO_GET, doing(MAKES, refused=AT_SCHOOL), kwargs=own_form),
}
