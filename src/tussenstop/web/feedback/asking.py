"""Asking somebody on the route for feedback; saying not now; taking the question back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.feedback import queries
from tussenstop.feedback.actions import asking as actions
from tussenstop.web.feedback.forms import AskForm
from tussenstop.web.feedback.shown import named, to_feedback
from tussenstop.web.page import by_of, done, now_of, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, route_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    view = queries.get_getting(person=person, route_id=route_id, now=now)
    people = {str(one.person.pk): one for one in queries.partners(view.route, now=now, but=person)}
    form = AskForm(request.POST or None, people=[(pk, named(one)) for pk, one in people.items()])
    if form.is_valid():

        def act() -> None:
            actions.ask(
                by=by_of(request),
                route=view.route,
                giver=people[form.cleaned_data["giver"]].person,
                point=form.cleaned_data["point"],
                key=form.cleaned_data["key"],
                now=now,
            )

        if saved(form, act):
            name = people[form.cleaned_data["giver"]].person.first_name
            return done(
                request, _("Asked. %(name)s gets a mail.") % {"name": name}, "feedback", route_id
            )
    return form_page(
        request,
        form,
        title=_("Ask for feedback"),
        lead=_("Who is asked about one point, can answer in a minute."),
        submit=_("Ask"),
        crumbs=to_feedback(view.route),
    )


@require_POST
def decline(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    now = now_of(request)
    asking, view = queries.get_asking(person=person_of(request), asking_id=asking_id, now=now)
    asking.route = view.route
    actions.decline(
        by=by_of(request), asking=asking, word=request.POST.get("word", "")[:300], now=now
    )
    return done(request, _("Passed on: not now."), "feedback", view.route.pk)


@require_POST
def withdraw(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    now = now_of(request)
    asking, view = queries.get_own_asking(person=person_of(request), asking_id=asking_id, now=now)
    asking.route = view.route
    actions.withdraw(by=by_of(request), asking=asking, now=now)
    return done(request, _("It is not asked any more."), "feedback", view.route.pk)
