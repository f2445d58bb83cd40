"""Who gets what at the addresses of documents."""

from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    OUT_OF_THIN_AIR,
    PARTNERS,
    Answers,
    Case,
    Row,
    doing,
    only,
    programme,
    route,
)

SEE = f"{PARTNERS} organisation_coordinator programme_coordinator"
NOT_SEEING = "coach godparent"
AT_SCHOOL = "teacher coach student administrator"


def house_rules(case: Case) -> dict[str, Any]:
    return {**route(case), "placement_id": case.world.placement.pk, "key": "house_rules"}


DOCUMENTS: dict[str, Row] = {
    "documents": Row(only(SEE, refused=NOT_SEEING), kwargs=route),
    # The student confirms the house rules; nobody does so for them.
    "document_give": Row(
        only(
            "student",
            refused=f"mentor teacher organisation_coordinator programme_coordinator {NOT_SEEING}",
        ),
        doing(
            "student",
            refused=f"mentor teacher organisation_coordinator programme_coordinator {NOT_SEEING}",
        ),
        kwargs=house_rules,
    ),
    "document_open": Row(
        only(
            "programme_coordinator",
            refused=f"{PARTNERS} organisation_coordinator {NOT_SEEING}",
        ),
        doing(
            "programme_coordinator",
            refused=f"{PARTNERS} organisation_coordinator {NOT_SEEING}",
        ),
        kwargs=house_rules,
    ),
    "document_file": Row(
        Answers({403: NOT_SEEING}),
        kwargs=lambda case: {**route(case), "paper_id": OUT_OF_THIN_AIR},
    ),
    "programme_documents": Row(only("programme_coordinator", refused=AT_SCHOOL), kwargs=programme),
    "programme_document_switch": Row(
        NO_GET,
        doing("programme_coordinator", refused=AT_SCHOOL),
        kwargs=programme,
        data=lambda case, relation: {"key": "house_rules", "on": "yes"},
    ),
    "programme_document_add": Row(
        only("programme_coordinator", refused=AT_SCHOOL),
        doing("programme_coordinator", refused=AT_SCHOOL),
        kwargs=programme,
    ),
    "programme_document_end": Row(
        NO_GET,
        Answers({403: AT_SCHOOL}),
        kwargs=lambda case: {**programme(case), "requirement_id": OUT_OF_THIN_AIR},
    ),
}
