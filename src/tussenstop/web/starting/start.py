"""Starting a route, step by step: for whom, which programme, where, who, when.

What is chosen from lists stands in the address, so that one can go back; what is typed about
people goes along in a signed field, so that it is asked once and never stands in an address.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.people.actions import Invited
from tussenstop.routes import start_queries
from tussenstop.routes.actions import start as actions
from tussenstop.routes.rules import Context
from tussenstop.routes.start_queries import Way
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.starting.forms import (
    ContextForm,
    KeyForm,
    PersonForm,
    PlaceForm,
    StudentForm,
)
from tussenstop.web.starting.picking import Choice, address, id_in, pick, workplace_choice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tussenstop.people.models import Programme, Workplace
    from tussenstop.routes.models import Route

LATER = "later"  # in the address instead of a workplace: the student is still looking
A_DAY = 60 * 60 * 24
TITLES = {
    Way.ME: gettext_lazy("Start my route"),
    Way.STUDENT: gettext_lazy("Start a route for a student"),
    Way.EMPLOYEE: gettext_lazy("Start a route for somebody who works with us"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen from lists until now."""

    way: Way
    programme: "Programme"
    workplace: "Workplace | None"

    @property
    def placed(self) -> bool:
        return self.workplace is not None


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    ways = start_queries.ways_of(person=person_of(request), now=now_of(request))
    asked = request.GET.get("for") or (ways[0].value if len(ways) == 1 else "")
    if asked in {way.value for way in ways}:
        return _lists(request, Way(asked))
    if asked or request.method == "POST":
        raise NotFound
    shown = [(TITLES[way], address(request, **{"for": way.value}), way.value) for way in ways]
    return page(request, "starting/ways.html", {"ways": shown})


def _lists(request: HttpRequest, way: Way) -> HttpResponse:
    """Programme and workplace first; then the questions."""
    person, now = person_of(request), now_of(request)
    words = request.GET.get("q", "")
    programme_id = id_in(request, "programme")
    if programme_id is None:
        found = start_queries.programmes_for(person=person, way=way, now=now, words=words)
        some = list(found[:2])
        if words or len(some) != 1:
            return _pick_programme(request, way, found)
        programme_id = some[0].pk
    programme = start_queries.get_programme(
        person=person, way=way, programme_id=programme_id, now=now
    )
    later = request.GET.get("workplace") == LATER and way != Way.EMPLOYEE
    workplace_id = None if later else id_in(request, "workplace")
    if workplace_id is None and not later:
        return _pick_workplace(request, way, programme)
    workplace = (
        start_queries.get_workplace(person=person, way=way, workplace_id=workplace_id, now=now)
        if workplace_id
        else None
    )
    return _questions(request, Chosen(way, programme, workplace))


def _pick_programme(request: HttpRequest, way: Way, found: "QuerySet[Programme]") -> HttpResponse:
    def shown(programme: "Programme") -> Choice:
        url = address(request, **{"for": way.value, "programme": programme.pk})
        return Choice(programme.name, programme.institution.name, "", url)

    return pick(
        request,
        found,
        shown=shown,
        carried={"for": way.value},
        title=TITLES[way],
        lead=_("Through which programme?"),
        label=_("Name of the programme or the institution"),
    )


def _pick_workplace(request: HttpRequest, way: Way, programme: "Programme") -> HttpResponse:
    carried = {"for": way.value, "programme": str(programme.pk)}
    leads = {
        Way.ME: _("Where do you want to learn? Where you work already, stands first."),
        Way.STUDENT: _("Where will the student learn?"),
        Way.EMPLOYEE: _("At which of your workplaces?"),
    }
    later = ""
    if way != Way.EMPLOYEE:
        later = address(request, **carried, workplace=LATER)
    return pick(
        request,
        start_queries.workplaces_for(
            person=person_of(request),
            way=way,
            now=now_of(request),
            words=request.GET.get("q", ""),
        ),
        shown=lambda row: workplace_choice(row, address(request, **carried, workplace=row.pk)),
        carried=carried,
        title=TITLES[way],
        lead=leads[way],
        label=_("Name, town or sector"),
        later=later,
        later_label=_("I am still looking") if way == Way.ME else _("There is no workplace yet"),
        chosen=[(_("Programme"), programme.name)],
    )


def _about_form(request: HttpRequest, chosen: Chosen, data: Any, **more: Any) -> KeyForm:
    """Who it is about, as far as this is not known."""
    now = now_of(request)
    if chosen.way == Way.EMPLOYEE:
        return PersonForm(data, **more)
    if chosen.way == Way.ME:
        return ContextForm(data, placed=chosen.placed, **more)
    usual = chosen.programme.default_teacher
    return StudentForm(
        data,
        placed=chosen.placed,
        teachers=start_queries.teachers_of(chosen.programme, now=now),
        usual=usual.name if usual else _("to be asked later"),
        **more,
    )


def _salt(request: HttpRequest) -> str:
    return f"tussenstop.start.{person_of(request).pk}"


def _questions(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    """First who it is about; with a workplace, then the period and the mentor."""
    if request.method != "POST":
        return _about_page(
            request, chosen, _about_form(request, chosen, None, initial=_guess(request, chosen))
        )
    step = request.POST.get("step", "")
    if step == "about":
        about = _about_form(request, chosen, request.POST)
        if not about.is_valid():
            return _about_page(request, chosen, about)
        if chosen.placed:
            carried = {k: str(v) for k, v in about.cleaned_data.items()}
            return _place_page(request, chosen, carried, None)
        return _begin(request, chosen, about.cleaned_data, about, None)
    try:
        carried = signing.loads(request.POST.get("about", ""), salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        return _about_page(request, chosen, _about_form(request, chosen, None))
    if step == "back":
        form = _about_form(request, chosen, None, initial=carried)
        return _about_page(request, chosen, form)
    return _place_page(request, chosen, carried, request.POST)


def _guess(request: HttpRequest, chosen: Chosen) -> dict[str, Any]:
    """Who learns where they work already is, most probably, an own employee."""
    if chosen.way == Way.ME and chosen.workplace and _works_there(request, chosen):
        return {"context": Context.OWN_EMPLOYEE.value}
    return {}


def _works_there(request: HttpRequest, chosen: Chosen) -> bool:
    return chosen.workplace is not None and start_queries.works_at(
        person_of(request), chosen.workplace.organisation, now=now_of(request)
    )


def _summary(request: HttpRequest, chosen: Chosen) -> list[tuple[str, str, str]]:
    """What was chosen: what it is, its name, and where to choose another."""
    carried = {"for": chosen.way.value}
    rows = [(_("Programme"), chosen.programme.name, address(request, **carried))]
    carried["programme"] = str(chosen.programme.pk)
    where = _("not known yet")
    if chosen.workplace:
        where = f"{chosen.workplace.name}, {chosen.workplace.organisation.name}"
    return [*rows, (_("Workplace"), where, address(request, **carried))]


def _about_page(request: HttpRequest, chosen: Chosen, form: forms.Form) -> HttpResponse:
    return page(
        request,
        "starting/about.html",
        {
            "form": form,
            "title": TITLES[chosen.way],
            "way": chosen.way,
            "summary": _summary(request, chosen),
            "works_there": chosen.way == Way.ME and _works_there(request, chosen),
            "chosen": chosen,
            "already": start_queries.routes_through(
                chosen.programme, person=person_of(request)
            ).first()
            if chosen.way == Way.ME
            else None,
            "last": not chosen.placed,
        },
        status=422 if form.errors else 200,
    )


def context_in(chosen: Chosen, carried: dict[str, Any]) -> Context:
    if chosen.way == Way.EMPLOYEE:
        return Context.OWN_EMPLOYEE
    return Context(carried["context"])


def _place_page(
    request: HttpRequest, chosen: Chosen, carried: dict[str, Any], data: Any
) -> HttpResponse:
    form = PlaceForm(
        data,
        context=context_in(chosen, carried),
        weeks=chosen.programme.weeks,
        today=timezone.localdate(now_of(request)),
        initial={"key": carried["key"]},
    )
    if form.is_valid() and not form.needs_warning:
        return _begin(request, chosen, carried, form, form)
    return show_place(
        request,
        form,
        title=TITLES[chosen.way],
        summary=_summary(request, chosen),
        about=signing.dumps(carried, salt=_salt(request)),
        submit=_("Start my route") if chosen.way == Way.ME else _("Start the route"),
    )


def show_place(request: HttpRequest, form: PlaceForm, **more: Any) -> HttpResponse:
    """The questions about period and mentor, with the warning where it is due."""
    warn = form.is_bound and form.is_valid() and form.needs_warning
    context = {"form": form, "warn": warn, "about": "", **more}
    return page(request, "starting/place.html", context, status=422 if form.errors or warn else 200)


def place_of(form: PlaceForm, workplace: "Workplace") -> actions.Place:
    found = form.cleaned_data
    return actions.Place(workplace, found["starts_on"], found["ends_on"], found["form"])


def mentors_of(form: PlaceForm) -> list[actions.Mentor]:
    mentor = form.mentor
    return [actions.Mentor(mentor, is_manager=form.mentor_is_manager)] if mentor else []


def refuse(form: forms.Form, refusal: DomainError) -> None:
    """Say what can't be done beside its field, or on top when the field was on an earlier page."""
    field = {"email": "mentor_email"}.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, str(refusal.text))


def _begin(
    request: HttpRequest,
    chosen: Chosen,
    carried: dict[str, Any],
    form: forms.Form,
    placing: PlaceForm | None,
) -> HttpResponse:
    """Start the route; what is refused is shown on the last page."""
    place = place_of(placing, chosen.workplace) if placing and chosen.workplace else None
    mentors = mentors_of(placing) if placing else []
    try:
        route = _call(request, chosen, carried, form.cleaned_data["key"], place, mentors)
    except (NotFound, Refused):
        raise
    except DomainError as refusal:
        refuse(form, refusal)
        if placing is None:
            return _about_page(request, chosen, form)
        return show_place(
            request,
            placing,
            title=TITLES[chosen.way],
            summary=_summary(request, chosen),
            about=signing.dumps(carried, salt=_salt(request)),
            submit=_("Start the route"),
        )
    said = _("Your route has started.") if chosen.way == Way.ME else _("The route has started.")
    asked = [mentor.person.name for mentor in mentors]
    if chosen.way != Way.ME:
        asked.insert(0, route.student.name)
    if asked:
        said += " " + _("Asked by e-mail: %(names)s.") % {"names": ", ".join(asked)}
    return done(request, said, "route", route.pk)


def _call(
    request: HttpRequest,
    chosen: Chosen,
    carried: dict[str, Any],
    key: UUID,
    place: actions.Place | None,
    mentors: list[actions.Mentor],
) -> "Route":
    by, now = by_of(request), now_of(request)
    common: dict[str, Any] = {
        "by": by,
        "key": key,
        "programme": chosen.programme,
        "mentors": mentors,
        "now": now,
    }
    context = context_in(chosen, carried)
    if chosen.way == Way.ME:
        return actions.start_own_route(context=context, place=place, **common)
    whom = Invited(carried["email"], carried["name"], carried["language"])
    if chosen.way == Way.EMPLOYEE:
        if place is None:
            raise NotFound
        organisation = place.workplace.organisation
        return actions.start_for_employee(
            organisation=organisation, student=whom, place=place, **common
        )
    teachers = {
        str(teacher.pk): teacher for teacher in start_queries.teachers_of(chosen.programme, now=now)
    }
    return actions.start_for_student(
        student=whom,
        context=context,
        place=place,
        teacher=teachers.get(str(carried.get("teacher", ""))),
        **common,
    )
