"""Questions that people add, and the reminder on one's own terms."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.reflection import queries
from tussenstop.reflection.actions import prompting, reminding
from tussenstop.routes.queries import get_route
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.reflection.forms import PromptForm, ReminderForm
from tussenstop.web.reflection.shown import theme_name, to_journal, to_reflection

WAYS = ("GET", "HEAD", "POST")


@require_http_methods(WAYS)
def own(request: HttpRequest) -> HttpResponse:
    """The questions one gives oneself."""
    person, now = person_of(request), now_of(request)
    form = PromptForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            prompting.add(by=by_of(request), now=now, **form.cleaned_data)

        if saved(form, act):
            return done(request, _("Added. It comes by in one of the weeks."), "journal_prompts")
    rows = queries.prompts_by(person=person)
    return page(
        request,
        "reflection/questions.html",
        {
            "form": form,
            "rows": [(row, theme_name(row.theme)) for row in rows],
            "crumbs": to_journal(),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def suggest(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """A partner gives the student something to write about."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SUGGEST)
    form = PromptForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            prompting.add(by=by_of(request), route=view.route, now=now, **form.cleaned_data)

        if saved(form, act):
            said = _("Added. It comes by in their journal, with your name.")
            return done(request, said, "route_reflection", route_id)
    return page(
        request,
        "reflection/suggest.html",
        {"form": form, "route": view.route, "crumbs": to_reflection(view)},
        status=422 if form.errors else 200,
    )


@require_POST
def remove(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    gone = prompting.remove(by=by_of(request), prompt_id=prompt_id, now=now_of(request))
    if gone.route_id:
        return done(request, _("The question is gone."), "route_reflection", gone.route_id)
    return done(request, _("The question is gone."), "journal_prompts")


@require_http_methods(WAYS)
def reminder(request: HttpRequest) -> HttpResponse:
    """A day and an hour, or never."""
    chosen = queries.reminder_of(person_of(request))
    initial = {"weekday": chosen.weekday, "hour": chosen.hour} if chosen else {"hour": 19}
    if request.method == "POST" and "never" in request.POST:
        reminding.never(by=by_of(request))
        return done(request, _("No reminders."), "journal_reminder")
    form = ReminderForm(request.POST or None, initial=initial)
    if form.is_valid():
        reminding.choose(by=by_of(request), **form.cleaned_data)
        return done(request, _("Done. One mail a week, at this hour."), "journal_reminder")
    return page(
        request,
        "reflection/reminder.html",
        {"form": form, "chosen": chosen, "crumbs": to_journal()},
        status=422 if form.errors else 200,
    )
