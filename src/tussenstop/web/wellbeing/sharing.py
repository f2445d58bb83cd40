"""Who reads along: choosing a coach, stopping, and seeing who looked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.wellbeing.crumbs import to_own
from tussenstop.web.wellbeing.forms import ShareForm
from tussenstop.wellbeing import queries, who
from tussenstop.wellbeing.actions import sharing as actions


def uuid_in(text: str) -> UUID:
    """What the address or a form names. Raises NotFound for what can't be a name."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """With a coach: one check-in or questionnaire (named in the address), or everything from now
    on."""
    person, now = person_of(request), now_of(request)
    queries.require_chosen(person)
    one: Any = None
    if named := request.GET.get("one"):
        one = queries.get_moment(person=person, moment_id=uuid_in(named))
    coaches = list(who.coaches_of(person, now=now))
    initial = {"coach": str(coaches[0].pk)} if len(coaches) == 1 else {}
    form = ShareForm(request.POST or None, coaches=coaches, one=bool(one), initial=initial)
    if form.is_valid():
        coach = next(c for c in coaches if str(c.pk) == form.cleaned_data["coach"])

        def act() -> None:
            actions.share(
                by=by_of(request),
                coach=coach,
                one=one,
                from_now_on=one is None or form.cleaned_data["how"] == "on",
                now=now,
            )

        if saved(form, act):
            text = _("%(name)s can read it now. You can stop that at any moment.")
            return done(request, text % {"name": coach.name}, "wellbeing")
    crumbs = to_own()
    return page(
        request,
        "wellbeing/share.html",
        {"form": form, "one": one, "coaches": coaches, "crumbs": crumbs, "back": crumbs[-1][1]},
        status=422 if form.errors else 200,
    )


@require_POST
def stop(request: HttpRequest, share_id: UUID) -> HttpResponse:
    found = queries.get_share(person=person_of(request), share_id=share_id)
    actions.stop(by=by_of(request), share=found)
    text = _("Stopped. %(name)s can't read it any more.")
    return done(request, text % {"name": found.coach.name}, "wellbeing")


@require_POST
def stop_all(request: HttpRequest, coach_id: UUID) -> HttpResponse:
    """One tap: this coach reads nothing of it any more."""
    queries.require_own(person_of(request), now_of(request))
    actions.stop_all(by=by_of(request), coach_id=coach_id)
    return done(request, _("Stopped. That coach can't read anything any more."), "wellbeing")


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Every time a coach opened what was shared."""
    person = person_of(request)
    queries.require_own(person, now_of(request))
    rows = slice_of(request, queries.looks(person))
    return page(
        request,
        "wellbeing/looks.html",
        {"rows": rows, "crumbs": to_own(), "back": reverse("wellbeing")},
    )
