"""Who gets what at every address: one row each.

A row says for GET and POST which relations get which answer. "done" for a POST means that the
person may do it (the form may still refuse what was typed). Whoever is not named gets `rest`,
which is 404: what you may not know of does not exist. Anonymous visitors are sent to sign in
(401 here) unless the page is open.
"""

from collections.abc import Callable
from typing import Any

from tests.contracts.access_calendars import CALENDARS
from tests.contracts.access_conversations import CONVERSATIONS
from tests.contracts.access_documents import DOCUMENTS
from tests.contracts.access_feedback import FEEDBACK
from tests.contracts.access_hours import HOURS
from tests.contracts.access_imports import IMPORTS
from tests.contracts.access_instruments import INSTRUMENTS
from tests.contracts.access_leave import LEAVE
from tests.contracts.access_messages import MESSAGES
from tests.contracts.access_places import PLACES
from tests.contracts.access_planning import PLANNING
from tests.contracts.access_policies import POLICIES
from tests.contracts.access_positions import POSITIONS
from tests.contracts.access_reflection import REFLECTION
from tests.contracts.access_rounds import ROUNDS
from tests.contracts.access_routelog import ROUTE_LOG
from tests.contracts.access_rows import (
    ELSEWHERE,
    NO_GET,
    ON_THE_ROUTE,
    OPEN,
    OPEN_POST,
    OUT_OF_THIN_AIR,
    PARTNERS,
    SEE,
    SEE_STOPS,
    SIGNED_IN,
    SIGNED_IN_POST,
    Answers,
    Case,
    Row,
    agreement,
    doing,
    institution,
    only,
    organisation,
    part,
    programme,
    route,
    stop,
    workplace,
)
from tests.contracts.access_series import SERIES
from tests.contracts.access_wellbeing import WELLBEING
from tussenstop.core import clock
from tussenstop.people.models import AddressChange


def a_code_that_waits(case: Case) -> dict[str, Any]:
    """Everybody asked for another address; what they see is their own."""
    for relation in (*ON_THE_ROUTE, *ELSEWHERE):
        AddressChange.objects.get_or_create(
            person=case.person(relation),
            defaults={"email": f"{relation}@new.example", "code": "", "asked_at": clock.now()},
        )
    return {}


HOME: dict[str, Row] = {
    "today": Row(SIGNED_IN),
    "healthz": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    "about": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    "privacy": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    "account": Row(SIGNED_IN, SIGNED_IN_POST),
    "account_email": Row(SIGNED_IN, SIGNED_IN_POST),
    "address_code": Row(SIGNED_IN, SIGNED_IN_POST, kwargs=a_code_that_waits),
    "language": Row(Answers({}, rest=405, anonymous=405), OPEN_POST),
    "theme": Row(Answers({}, rest=405, anonymous=405), OPEN_POST),
    # Only in a demo, and only without a mail server; elsewhere they do not exist.
    "demo_sign_in": Row(Answers({}, rest=405, anonymous=405), Answers({}, rest=404, anonymous=404)),
    "mailbox": Row(Answers({}, anonymous=404), Answers({}, rest=405, anonymous=405)),
    "mailbox_now": Row(Answers({}, rest=405, anonymous=405), Answers({}, rest=404, anonymous=404)),
    "mailbox_message": Row(
        Answers({}, anonymous=404),
        Answers({}, rest=405, anonymous=405),
        kwargs=lambda case: {"mail_id": OUT_OF_THIN_AIR},
    ),
    "mailbox_letter": Row(
        Answers({}, anonymous=404),
        Answers({}, rest=405, anonymous=405),
        kwargs=lambda case: {"mail_id": OUT_OF_THIN_AIR},
    ),
    "code_from_mail": Row(
        Answers({}, rest=401, anonymous=401),
        Answers({}, rest=405, anonymous=405),
        kwargs=lambda case: {"code": "ABC123"},
    ),
}

# A pending invitation of the student's; accepted already, so answering again changes nothing.
ROUTES: dict[str, Row] = {
    "route_list": Row(SIGNED_IN),
    "route": Row(only(SEE), kwargs=route),
    "route_move_on": Row(
        NO_GET,
        doing(
            f"{PARTNERS} programme_coordinator", refused="coach godparent organisation_coordinator"
        ),
        kwargs=route,
        data=lambda case, relation: {"to": "acquainting"},
    ),
    "route_stop": Row(
        only(
            f"{PARTNERS} programme_coordinator", refused="coach godparent organisation_coordinator"
        ),
        doing(
            f"{PARTNERS} programme_coordinator", refused="coach godparent organisation_coordinator"
        ),
        kwargs=route,
    ),
    "route_history": Row(
        only(SEE_STOPS, refused="godparent organisation_coordinator"), kwargs=route
    ),
    "route_sight": Row(only(SEE_STOPS, refused="godparent organisation_coordinator"), kwargs=route),
    "route_people": Row(only(SEE), kwargs=route),
    "route_invite": Row(
        only(
            f"{PARTNERS} organisation_coordinator programme_coordinator", refused="coach godparent"
        ),
        doing(
            f"{PARTNERS} organisation_coordinator programme_coordinator", refused="coach godparent"
        ),
        kwargs=route,
    ),
    "route_person_end": Row(
        NO_GET,
        doing(
            "student mentor organisation_coordinator programme_coordinator",
            refused="teacher coach godparent",
        ),
        kwargs=part,
    ),
    "route_person_again": Row(
        NO_GET,
        doing(
            "student mentor organisation_coordinator programme_coordinator",
            refused="teacher coach godparent",
        ),
        kwargs=part,
    ),
    "route_person_successor": Row(
        only(
            "student mentor organisation_coordinator programme_coordinator",
            refused="teacher coach godparent",
        ),
        doing(
            "student mentor organisation_coordinator programme_coordinator",
            refused="teacher coach godparent",
        ),
        kwargs=part,
    ),
    "role_answer": Row(
        only("mentor"),
        doing("mentor"),
        kwargs=lambda case: {"part_id": case.world.part(case.world.mentor).pk},
        data=lambda case, relation: {"answer": "yes"},
    ),
    # A door opens for whoever holds the link, and for nobody without it.
    "door": Row(
        Answers({}, anonymous=404),
        Answers({}, anonymous=404),
        kwargs=lambda case: {"token": "0" * 32 + ".made-up"},
    ),
}

BELONGS = " ".join(r for r in (*ON_THE_ROUTE, *ELSEWHERE) if r != "stranger")
AT_WORK = "organisation_coordinator mentor godparent administrator"
AT_SCHOOL = "programme_coordinator teacher coach student administrator"
LEADERS = "administrator programme_coordinator other_programme_coordinator"


def edits_work(kwargs: Callable[[Case], dict[str, Any]], *, get: bool = True) -> Row:
    """Pages on which the organisation coordinator describes the organisation."""
    refused = "mentor godparent administrator"
    return Row(
        only("organisation_coordinator", refused=refused) if get else NO_GET,
        doing("organisation_coordinator", refused=refused),
        kwargs=kwargs,
    )


def edits_school(kwargs: Callable[[Case], dict[str, Any]], *, get: bool = True) -> Row:
    """Pages on which the programme coordinator describes institution and programmes."""
    refused = "teacher coach student administrator"
    return Row(
        only("programme_coordinator", refused=refused) if get else NO_GET,
        doing("programme_coordinator", refused=refused),
        kwargs=kwargs,
    )


def template_stop(case: Case) -> dict[str, Any]:
    return {"stop_id": case.world.programme.template_stops.order_by("position")[1].pk}


PARTNERSHIP: dict[str, Row] = {
    "partnership": Row(SIGNED_IN),
    "organisations": Row(only(BELONGS)),
    "organisation_add": Row(only(LEADERS), doing(LEADERS)),
    "organisation": Row(only(BELONGS), kwargs=organisation),
    "organisation_edit": edits_work(organisation),
    "organisation_people": Row(only(AT_WORK), kwargs=organisation),
    "organisation_people_add": Row(
        only("organisation_coordinator administrator", refused="mentor godparent"),
        doing("organisation_coordinator administrator", refused="mentor godparent"),
        kwargs=organisation,
    ),
    "workplace": Row(only(BELONGS), kwargs=workplace),
    "workplace_add": edits_work(organisation),
    "workplace_edit": edits_work(workplace),
    "workplace_hours": edits_work(workplace),
    "workplace_close": edits_work(workplace, get=False),
    "workplace_photos": edits_work(workplace),
    "photo": Row(Answers({}), kwargs=lambda case: {"photo_id": OUT_OF_THIN_AIR}),
    "photo_remove": Row(NO_GET, Answers({}), kwargs=lambda case: {"photo_id": OUT_OF_THIN_AIR}),
    "institution_add": Row(only("administrator"), doing("administrator")),
    "institution": Row(only(AT_SCHOOL), kwargs=institution),
    "institution_edit": edits_school(institution),
    "institution_people": Row(only(AT_SCHOOL), kwargs=institution),
    "institution_people_add": Row(
        only("programme_coordinator administrator", refused="teacher coach student"),
        doing("programme_coordinator administrator", refused="teacher coach student"),
        kwargs=institution,
    ),
    "programme_add": edits_school(institution),
    "programme": Row(only(AT_SCHOOL), kwargs=programme),
    "programme_edit": edits_school(programme),
    "programme_close": edits_school(programme, get=False),
    "competences": edits_school(programme),
    "competences_paste": edits_school(programme),
    "competence_edit": edits_school(lambda case: {"competence_id": case.competence.pk}),
    "competence_move": edits_school(lambda case: {"competence_id": case.competence.pk}, get=False),
    "competence_remove": edits_school(
        lambda case: {"competence_id": case.competence.pk}, get=False
    ),
    "template": Row(
        only("programme_coordinator", refused="teacher coach student administrator"),
        kwargs=programme,
    ),
    "template_stop_add": edits_school(programme),
    "template_reset": edits_school(programme),
    "template_stop_edit": edits_school(template_stop),
    "template_stop_move": edits_school(template_stop, get=False),
    "template_stop_remove": edits_school(template_stop, get=False),
    "role_end": Row(
        only("organisation_coordinator administrator", refused="mentor godparent"),
        doing("organisation_coordinator administrator", refused="mentor godparent"),
        kwargs=lambda case: {"membership_id": case.world.mentor.memberships.get().pk},
    ),
    "role_address": Row(
        only("organisation_coordinator administrator", refused="mentor godparent"),
        doing("organisation_coordinator administrator", refused="mentor godparent"),
        kwargs=lambda case: {"membership_id": case.world.mentor.memberships.get().pk},
        data=lambda _case, relation: {"email": f"{relation}@typo.example"},
    ),
    "administrators": Row(only("administrator")),
    "administrators_add": Row(only("administrator"), doing("administrator")),
}


def works_on_stops(*, get: bool, kwargs: Callable[[Case], dict[str, Any]] = stop) -> Row:
    """What those who travel along do on a stop; the programme looks on."""
    who = f"{PARTNERS} coach"
    refused = "programme_coordinator godparent organisation_coordinator"
    return Row(
        only(who, refused=refused) if get else NO_GET, doing(who, refused=refused), kwargs=kwargs
    )


NOT_DATING = "godparent organisation_coordinator"

STOPS: dict[str, Row] = {
    "stop": Row(only(SEE_STOPS, refused="godparent organisation_coordinator"), kwargs=stop),
    "stop_close": works_on_stops(get=False),
    "stop_date": Row(
        only(f"{PARTNERS} coach programme_coordinator", refused=NOT_DATING),
        doing(f"{PARTNERS} coach programme_coordinator", refused=NOT_DATING),
        kwargs=stop,
    ),
    # Only who was asked answers a date, and only who proposed it takes it back.
    "stop_date_answer": Row(
        NO_GET,
        doing("student", refused=NOT_DATING),
        kwargs=stop,
        data=lambda case, relation: {"moment": case.moment.pk, "suits": "yes"},
    ),
    "stop_date_withdraw": Row(
        NO_GET,
        doing(f"{PARTNERS} coach programme_coordinator", refused=NOT_DATING),
        kwargs=stop,
        data=lambda case, relation: {"moment": case.moment.pk},
    ),
    "stop_agenda_add": works_on_stops(get=False),
    "stop_agenda_mark": works_on_stops(get=False),
    "stop_checklist_add": works_on_stops(get=False),
    "stop_checklist_mark": works_on_stops(get=False),
    "stop_notes": works_on_stops(get=True),
    "stop_outcome": works_on_stops(get=True),
    "stop_prepare": works_on_stops(get=True),
    "stop_prepare_share": works_on_stops(get=False),
}

STARTERS = (
    "programme_coordinator other_programme_coordinator "
    "organisation_coordinator other_organisation_coordinator"
)
STARTING: dict[str, Row] = {
    "route_start": Row(
        SIGNED_IN,
        doing(f"student other_student {STARTERS}"),
    ),
    "route_workplace": Row(
        only(
            "student programme_coordinator",
            refused="mentor teacher coach godparent organisation_coordinator",
        ),
        doing(
            "student programme_coordinator",
            refused="mentor teacher coach godparent organisation_coordinator",
        ),
        kwargs=route,
    ),
    "route_workplace_leave": Row(
        NO_GET,
        doing(
            "student programme_coordinator",
            refused="mentor teacher coach godparent organisation_coordinator",
        ),
        kwargs=lambda case: {**route(case), "placement_id": case.world.placement.pk},
    ),
}

READS = f"{PARTNERS} coach programme_coordinator"
NOT_A_PARTNER = "coach programme_coordinator"
LIMITED = "godparent organisation_coordinator"  # know of the route, not of its agreements


def proposes(kwargs: Callable[[Case], dict[str, Any]], *, get: bool = True) -> Row:
    """What only a partner does with an agreement; who reads it is refused, others find nothing."""
    return Row(
        only(PARTNERS, refused=NOT_A_PARTNER) if get else NO_GET,
        doing(PARTNERS, refused=NOT_A_PARTNER),
        kwargs=kwargs,
    )


def party(case: Case) -> dict[str, Any]:
    return {
        **agreement(case),
        "party_id": case.revision.parties.get(person=case.world.mentor).pk,
    }


AGREEMENTS: dict[str, Row] = {
    "agreement_list": Row(only(SEE), kwargs=route),
    "agreement_kinds": Row(only(PARTNERS, refused=f"{NOT_A_PARTNER} {LIMITED}"), kwargs=route),
    "agreement_new": Row(
        only(PARTNERS, refused=f"{NOT_A_PARTNER} {LIMITED}"),
        doing(PARTNERS, refused=f"{NOT_A_PARTNER} {LIMITED}"),
        kwargs=lambda case: {**route(case), "kind": "free"},
    ),
    "agreement_begin": Row(
        NO_GET,
        doing(PARTNERS, refused=f"{NOT_A_PARTNER} {LIMITED}"),
        kwargs=lambda case: {"placement_id": case.world.placement.pk},
    ),
    "agreement": Row(only(READS), kwargs=agreement),
    "agreement_agree": proposes(agreement, get=False),
    "agreement_ask": proposes(agreement),
    "agreement_refuse": proposes(agreement),
    "agreement_withdraw": proposes(agreement),
    "agreement_text": Row(only(READS), kwargs=lambda case: {**agreement(case), "number": 1}),
    "agreement_compare": Row(
        only(READS), kwargs=lambda case: {**agreement(case), "before": 1, "after": 1}
    ),
    # A start agreement is changed in its parts: this address leads there.
    "agreement_change": Row(
        Answers({302: PARTNERS, 403: NOT_A_PARTNER}),
        doing(PARTNERS, refused=NOT_A_PARTNER),
        kwargs=agreement,
    ),
    "agreement_succeed": proposes(agreement, get=False),
    "agreement_parts": Row(only(READS), kwargs=agreement),
    "agreement_part": proposes(lambda case: {**agreement(case), "key": "practical"}),
    "agreement_propose": proposes(agreement),
    "agreement_signatory": proposes(agreement),
    "agreement_signatory_remove": proposes(
        lambda case: {**agreement(case), "signatory_id": OUT_OF_THIN_AIR}, get=False
    ),
    # The mentor is here in person and agrees with the button; others record the mentor's paper.
    "agreement_elsewhere": Row(
        only("student teacher", refused=NOT_A_PARTNER),
        doing("student teacher", refused=NOT_A_PARTNER),
        kwargs=party,
    ),
    "agreement_scan": Row(Answers({}), kwargs=party),
    "agreement_pdf": Row(Answers({}), kwargs=agreement),
    "verify": Row(OPEN, OPEN_POST),
    "verify_digest": Row(
        OPEN, Answers({}, rest=405, anonymous=405), kwargs=lambda case: {"digest": "0" * 64}
    ),
}

TABLE: dict[str, Row] = {
    **HOME,
    **ROUTES,
    **STOPS,
    **STARTING,
    **AGREEMENTS,
    **PARTNERSHIP,
    **POSITIONS,
    **PLACES,
    **REFLECTION,
    **ROUNDS,
    **SERIES,
    **ROUTE_LOG,
    **CALENDARS,
    **PLANNING,
    **HOURS,
    **MESSAGES,
    **LEAVE,
    **CONVERSATIONS,
    **POLICIES,
    **IMPORTS,
    **DOCUMENTS,
    **FEEDBACK,
    **WELLBEING,
    **INSTRUMENTS,
}

# The pages of the sign-in library: open ones bring somebody in, the others ask to sign in first.
LIBRARY_OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
LIBRARY_SIGNED_IN = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "usersessions_list",
}
