"""Who may do what: the one table. A privacy officer can read it; docs/permissions.md shows it.

The list filter and the check of one object are both made from this table, in checks.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.people.rules import Role

S, M, T = PARTNERS
C = RouteRole.COACH
G = RouteRole.GODPARENT
OC = RouteRole.ORGANISATION_COORDINATOR
PC = RouteRole.PROGRAMME_COORDINATOR


class OnRoute(models.TextChoices):
    """What can be done on one route."""

    SEE = "route.see", _("know of the route: its line, its state, its people")
    SEE_STOPS = "stops.see", _("open the stops: agenda, checklist, shared notes, outcome")
    WORK_ON_STOPS = "stops.work", _("work on the stops: plan, note, tick off, write the outcome")
    SET_DATES = "stops.dates", _("propose a date for a stop, for one route or for many at once")
    PREPARE = "stops.prepare", _("prepare a stop in private, and share it")
    SEE_AGREEMENTS = "agreements.see", _("read every agreement of the route")
    PROPOSE = "agreements.propose", _("propose something that binds the partners")
    SEE_HISTORY = "history.see", _("read the story of the route")
    INVITE_FOR_WORKPLACE = "people.invite_workplace", _("invite a mentor or a godparent")
    INVITE_FOR_SCHOOL = "people.invite_school", _("invite a teacher or a coach")
    CHANGE_PLACEMENT = "placement.change", _("set the workplace, while nothing is agreed yet")
    MOVE_ON = "route.move_on", _("take the route to its next state")
    STOP_WITHOUT_ANSWER = (
        "route.stop",
        _("stop a route when people no longer answer, with a reason"),
    )
    SEE_LOOKS = "looks.see", _("see who looked at the file")
    TELL_POSITION = "position.tell", _("tell the starting position, and choose who reads it")
    READ_POSITION = (
        "position.read",
        _("read the parts of the starting position that the student shares with them"),
    )
    TELL_SIDE = "side.tell", _("tell what one offers and expects, beside the student")
    SEE_DOCUMENTS = "documents.see", _("see which documents are needed, and how they stand")
    OPEN_GATE = "documents.open", _("open a gate without a document, with a written reason")
    WISH = "places.wish", _("choose favourite places, and show that to a workplace")
    PLAN = "plan.make", _("look for calendars of one's own weeks, and propose one")
    SEE_PLAN = "plan.see", _("see when the student is at the workplace, as agreed")
    ANSWER_PLAN = "plan.answer", _("agree on that calendar, and propose to move a day")
    TELL_HOURS = "plan.presence", _("tell when the mentor is there")
    SEE_HOURS = "hours.see", _("see the hours at the workplace")
    WRITE_HOURS = "hours.write", _("write hours down, and correct them")
    TALK_HOURS = "hours.talk", _("ask and answer about hours")
    CONFIRM_HOURS = "hours.confirm", _("confirm hours")
    SEE_LOG = "log.see", _("read the log of the route")
    WRITE_LOG = "log.write", _("write in the log of the route")
    KEEP_LEAVE = "leave.keep", _("reckon and keep one's training leave")
    SEE_BUSY = "calendar.busy", _("see when the student is not available, and nothing more")
    SHARE_BUSY = "calendar.share", _("choose who sees when one is not available")
    CHECK_IN = "wellbeing.own", _("look at how one is doing, for oneself alone")
    SUPPORT = "wellbeing.support", _("read what somebody shares with them about how they are doing")
    FILL_IN = (
        "wellbeing.instrument",
        _("fill in a questionnaire of the institution, for oneself alone"),
    )
    READ_SIDES = "sides.read", _("read what mentor and teacher tell from their side")
    SEE_CONVERSATIONS = (
        "conversations.see",
        _("see the conversations; one that only its people know of, only when they take part"),
    )
    CONVERSE = "conversations.hold", _("plan and note conversations, and write one's own part")
    MEDIATE = "conversations.mediate", _("mediate in a conversation")
    GIVE_FEEDBACK = (
        "feedback.give",
        _("give feedback, and read what one gave or what was shown to them"),
    )
    GET_FEEDBACK = "feedback.get", _("ask for feedback, and choose who else reads it")
    ASK_OUTSIDE = (
        "feedback.outside",
        _("ask somebody without an account for feedback, by a link"),
    )
    REFLECT = "reflection.write", _("tie one's journal to the route, and share parts of it there")
    READ_REFLECTION = (
        "reflection.read",
        _("read the parts of a journal that somebody shares with them"),
    )
    SUGGEST = "reflection.suggest", _("give the student a question to write about")
    BEGIN_LOOP = "reflection.loop", _("begin a reflection in turns, and end it")
    REFLECT_TOGETHER = "reflection.together", _("share a page of student and mentor")


ON_ROUTE: dict[OnRoute, frozenset[RouteRole]] = {
    OnRoute.SEE: frozenset({S, M, T, C, G, OC, PC}),
    OnRoute.SEE_STOPS: frozenset({S, M, T, C, PC}),
    OnRoute.WORK_ON_STOPS: frozenset({S, M, T, C}),
    OnRoute.SET_DATES: frozenset({S, M, T, C, PC}),
    OnRoute.PREPARE: frozenset({S, M, T, C}),
    OnRoute.SEE_AGREEMENTS: frozenset({S, M, T, C, PC}),
    OnRoute.PROPOSE: frozenset({S, M, T}),
    OnRoute.SEE_HISTORY: frozenset({S, M, T, C, PC}),
    OnRoute.INVITE_FOR_WORKPLACE: frozenset({S, M, OC, PC}),
    OnRoute.INVITE_FOR_SCHOOL: frozenset({S, T, PC}),
    OnRoute.CHANGE_PLACEMENT: frozenset({S, PC}),
    OnRoute.MOVE_ON: frozenset({S, M, T, PC}),
    OnRoute.STOP_WITHOUT_ANSWER: frozenset({PC}),
    OnRoute.SEE_LOOKS: frozenset({S}),
    OnRoute.TELL_POSITION: frozenset({S}),
    OnRoute.READ_POSITION: frozenset({S, M, T, C, OC, PC}),
    OnRoute.TELL_SIDE: frozenset({M, T}),
    OnRoute.SEE_DOCUMENTS: frozenset({S, M, T, OC, PC}),
    OnRoute.OPEN_GATE: frozenset({PC}),
    OnRoute.WISH: frozenset({S}),
    OnRoute.PLAN: frozenset({S}),
    OnRoute.SEE_PLAN: frozenset({S, M, T, C}),
    OnRoute.ANSWER_PLAN: frozenset({S, M}),
    OnRoute.TELL_HOURS: frozenset({M}),
    OnRoute.SEE_HOURS: frozenset({S, M, T, C}),
    OnRoute.WRITE_HOURS: frozenset({S}),
    OnRoute.TALK_HOURS: frozenset({S, M}),
    OnRoute.CONFIRM_HOURS: frozenset({M}),
    OnRoute.SEE_LOG: frozenset({S, M, T, C}),
    OnRoute.WRITE_LOG: frozenset({S, M, T, C}),
    OnRoute.KEEP_LEAVE: frozenset({S}),
    OnRoute.SEE_BUSY: frozenset({S, M, T, C}),
    OnRoute.SHARE_BUSY: frozenset({S}),
    OnRoute.CHECK_IN: frozenset({S, M, T, C}),
    OnRoute.SUPPORT: frozenset({C}),
    OnRoute.FILL_IN: frozenset({S}),
    OnRoute.READ_SIDES: frozenset({S, M, T, C}),
    OnRoute.SEE_CONVERSATIONS: frozenset({S, M, T, C}),
    OnRoute.CONVERSE: frozenset({S, M, T, C}),
    OnRoute.MEDIATE: frozenset({C}),
    OnRoute.GIVE_FEEDBACK: frozenset({S, M, T, C, G}),
    OnRoute.GET_FEEDBACK: frozenset({S, M, T, C}),
    OnRoute.ASK_OUTSIDE: frozenset({S, M, T}),
    OnRoute.REFLECT: frozenset({S, M, T, C}),
    OnRoute.READ_REFLECTION: frozenset({S, M, T, C}),
    OnRoute.SUGGEST: frozenset({M, T, C}),
    OnRoute.BEGIN_LOOP: frozenset({S}),
    OnRoute.REFLECT_TOGETHER: frozenset({S, M}),
}


class InScope(models.TextChoices):
    """What can be done in an organisation, an institution, or the partnership."""

    SEE_ORGANISATION = "organisation.see", _("see the organisation and its people")
    EDIT_ORGANISATION = "organisation.edit", _("describe the organisation and its workplaces")
    MANAGE_ORGANISATION_PEOPLE = "organisation.people", _("give and end roles in the organisation")
    START_OWN_EMPLOYEE = "organisation.start", _("start a route for an own employee")
    OFFER_PLACES = "organisation.places", _("offer places, and see who shows interest in them")
    SEE_INSTITUTION = "institution.see", _("see the institution, its programmes and people")
    SEE_STUDENTS = "institution.students", _("see who its students are")
    EDIT_INSTITUTION = "institution.edit", _("describe the institution and its programmes")
    MANAGE_INSTITUTION_PEOPLE = "institution.people", _("give and end roles in the institution")
    START_FOR_STUDENT = "institution.start", _("start a route for a student")
    START_OWN_ROUTE = "institution.start_own", _("start one's own route")
    LEAD_ROUNDS = "institution.rounds", _("open rounds in which students and places choose")
    MAKE_FORMS = "institution.reflection", _("make forms to look back with")
    MAKE_INSTRUMENTS = (
        "institution.instruments",
        _("add questionnaires to which the institution holds the rights"),
    )
    IMPORT = "institution.import", _("bring in students, places and wishes from a file")
    CHECK_IN = "institution.wellbeing", _("look at how one is doing, for oneself alone")
    SUPPORT = (
        "institution.support",
        _("read what somebody shares with them about how they are doing"),
    )
    FILL_IN = (
        "institution.wellbeing_instrument",
        _("fill in a questionnaire of the institution, for oneself alone"),
    )
    SEE_GROUPS = "institution.groups", _("see how large groups of students are doing, per quarter")
    ADD_ORGANISATION = "partnership.add_organisation", _("bring an organisation in")
    MANAGE_PARTNERSHIP = "partnership.manage", _("add institutions, organisations and coordinators")
    SEE_DELIVERY = "partnership.mail", _("see whether mail arrives, and try again")


IN_SCOPE: dict[InScope, frozenset[Role]] = {
    InScope.SEE_ORGANISATION: frozenset(
        {Role.ORGANISATION_COORDINATOR, Role.MENTOR, Role.COLLEAGUE, Role.ADMINISTRATOR}
    ),
    InScope.EDIT_ORGANISATION: frozenset({Role.ORGANISATION_COORDINATOR}),
    InScope.MANAGE_ORGANISATION_PEOPLE: frozenset(
        {Role.ORGANISATION_COORDINATOR, Role.ADMINISTRATOR}
    ),
    InScope.START_OWN_EMPLOYEE: frozenset({Role.ORGANISATION_COORDINATOR}),
    InScope.OFFER_PLACES: frozenset({Role.ORGANISATION_COORDINATOR}),
    InScope.SEE_INSTITUTION: frozenset(
        {Role.PROGRAMME_COORDINATOR, Role.TEACHER, Role.COACH, Role.STUDENT, Role.ADMINISTRATOR}
    ),
    InScope.SEE_STUDENTS: frozenset(
        {Role.PROGRAMME_COORDINATOR, Role.TEACHER, Role.COACH, Role.ADMINISTRATOR}
    ),
    InScope.EDIT_INSTITUTION: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.MANAGE_INSTITUTION_PEOPLE: frozenset({Role.PROGRAMME_COORDINATOR, Role.ADMINISTRATOR}),
    InScope.START_FOR_STUDENT: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.START_OWN_ROUTE: frozenset({Role.STUDENT}),
    InScope.LEAD_ROUNDS: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.MAKE_FORMS: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.MAKE_INSTRUMENTS: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.IMPORT: frozenset({Role.PROGRAMME_COORDINATOR}),
    InScope.CHECK_IN: frozenset({Role.STUDENT, Role.MENTOR, Role.TEACHER, Role.COACH}),
    InScope.SUPPORT: frozenset({Role.COACH}),
    InScope.FILL_IN: frozenset({Role.STUDENT, Role.TEACHER, Role.COACH}),
    InScope.SEE_GROUPS: frozenset({Role.COACH, Role.PROGRAMME_COORDINATOR}),
    InScope.ADD_ORGANISATION: frozenset({Role.PROGRAMME_COORDINATOR, Role.ADMINISTRATOR}),
    InScope.MANAGE_PARTNERSHIP: frozenset({Role.ADMINISTRATOR}),
    InScope.SEE_DELIVERY: frozenset({Role.ADMINISTRATOR}),
}
