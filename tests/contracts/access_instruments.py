"""Who gets what at the addresses of an institution's questionnaires: who coordinates its programmes
keeps them, who belongs to it fills them in for themselves."""

from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, institution, only
from tests.contracts.access_wellbeing import everybody_in
from tests.instruments.keeping import adds, in_use
from tests.wellbeing.telling import answers_and_shares
from tussenstop.core.ids import uuid7
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import State
from tussenstop.wellbeing.models import Answered

KEEPS = "programme_coordinator"
KNOWS = "student teacher coach administrator"
FILLS_IN = "student teacher coach"


def draft(case: Case) -> dict[str, Any]:
    found = Instrument.objects.filter(state=State.DRAFT).first()
    return {"instrument_id": (found or adds(case.world)).pk}


def used(case: Case) -> dict[str, Any]:
    found = Instrument.objects.filter(state=State.IN_USE).first()
    return {"instrument_id": (found or in_use(case.world)).pk}


def offered(case: Case) -> dict[str, Any]:
    everybody_in(case)
    return used(case)


def answered(case: Case) -> dict[str, Any]:
    found = Answered.objects.filter(person=case.world.student).first()
    return {"answered_id": (found or answers_and_shares(case.world)).pk}


def family(case: Case) -> dict[str, Any]:
    answered(case)
    return {"family": Answered.objects.get().instrument.family}


def text(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "name_nl": "Leergoesting", "version": "1"}


INSTRUMENTS: dict[str, Row] = {
    "instruments": Row(only(KEEPS, refused=KNOWS), kwargs=institution),
    "instrument_add": Row(
        only(KEEPS, refused=KNOWS), doing(KEEPS, refused=KNOWS), kwargs=institution, data=text
    ),
    "instrument": Row(only(KEEPS), kwargs=used),
    "instrument_edit": Row(only(KEEPS), doing(KEEPS), kwargs=draft, data=text),
    "instrument_use": Row(only(KEEPS), doing(KEEPS), kwargs=draft),
    "instrument_withdraw": Row(NO_GET, doing(KEEPS), kwargs=used),
    "instrument_version": Row(NO_GET, doing(KEEPS), kwargs=used),
    "instrument_delete": Row(NO_GET, doing(KEEPS), kwargs=draft),
    "wellbeing_fill_in": Row(only(FILLS_IN), doing(FILLS_IN), kwargs=offered),
    "wellbeing_answers": Row(only("student"), kwargs=family),
    "wellbeing_answered": Row(only("student"), kwargs=answered),
    "wellbeing_answered_remove": Row(NO_GET, doing("student"), kwargs=answered),
}
