"""Asking a coach for help, and the talk that follows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.wellbeing.crumbs import to_own
from tussenstop.web.wellbeing.forms import AskForm, ReplyForm
from tussenstop.wellbeing import queries, who
from tussenstop.wellbeing.actions import asking as actions
from tussenstop.wellbeing.times import times_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What, how urgent, how to reach me."""
    person, now = person_of(request), now_of(request)
    queries.require_own(person, now)
    coaches = list(who.coaches_of(person, now=now))
    initial = {"coach": str(coaches[0].pk)} if len(coaches) == 1 else {}
    form = AskForm(request.POST or None, coaches=coaches, initial=initial)
    if form.is_valid():
        coach = next(c for c in coaches if str(c.pk) == form.cleaned_data["coach"])

        def act() -> None:
            actions.ask(
                by=by_of(request),
                key=form.cleaned_data["key"],
                coach=coach,
                what=form.cleaned_data["what"],
                urgency=form.cleaned_data["urgency"],
                reach=form.cleaned_data["reach"],
                now=now,
            )

        if saved(form, act):
            text = _("Asked. Only you and %(name)s see it.")
            return done(request, text % {"name": coach.name}, "wellbeing")
    times = times_of(coaches, now=now)
    crumbs = to_own()
    return page(
        request,
        "wellbeing/ask.html",
        {
            "form": form,
            "coaches": [(coach, times[coach.pk]) for coach in coaches],
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """What one asked, and what was said since."""
    person, now = person_of(request), now_of(request)
    found = queries.get_question(person=person, question_id=question_id)
    form = ReplyForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.reply(
                by=by_of(request),
                question=found,
                key=form.cleaned_data["key"],
                text=form.cleaned_data["text"],
                now=now,
            )

        if saved(form, act):
            return done(request, _("Sent."), "wellbeing_question", found.pk)
    return page(
        request,
        "wellbeing/question.html",
        {
            "question": found,
            "replies": queries.replies_to([found])[found.pk],
            "form": form,
            "left": not who.may_hear(found.coach, person, now=now),
            "crumbs": to_own(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def close(request: HttpRequest, question_id: UUID) -> HttpResponse:
    found = queries.get_question(person=person_of(request), question_id=question_id)
    actions.close(by=by_of(request), question=found, now=now_of(request))
    return done(request, _("Good. You can always come back to it."), "wellbeing")


@require_POST
def take_back(request: HttpRequest, question_id: UUID) -> HttpResponse:
    found = queries.get_question(person=person_of(request), question_id=question_id)
    actions.take_back(by=by_of(request), question=found)
    return done(request, _("Gone for good, for both of you."), "wellbeing")
