"""What was written to me, and how I want it to reach me."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.messages import actions, delivery, queries
from tussenstop.messages import preferences as wants
from tussenstop.messages.rules import Way
from tussenstop.web.messages.devices import section_of
from tussenstop.web.messages.forms import PreferenceForm, typed_of
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first; each with the one thing to do."""
    found = few_of(request, queries.notices_of(person_of(request)))
    newest = found.object_list[0].pk if found.object_list else ""
    return page(
        request,
        "messages/notices.html",
        {
            "notices": found,
            "newest": newest if any(one.read_at is None for one in found.object_list) else "",
            "now": now_of(request),
            "page_only": Way.PAGE,
            "trouble": delivery.trouble_of(person_of(request)),
        },
    )


@require_POST
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """I saw it; on to the one thing to do."""
    notice = queries.get_notice(person=person_of(request), notice_id=notice_id)
    actions.read(by=by_of(request), notice=notice, now=now_of(request))
    inside = notice.url.startswith("/") and not notice.url.startswith("//")
    return HttpResponseRedirect(notice.url if inside else reverse("notices"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    try:
        up_to = UUID(request.POST.get("up_to", ""))
    except ValueError:
        return HttpResponseRedirect(reverse("notices"))
    actions.read_all(by=by_of(request), up_to=up_to, now=now_of(request))
    return done(request, _("All read."), "notices")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    wanted = wants.wanted_by(person_of(request))
    theirs = typed_of(wanted)
    form = PreferenceForm(request.POST or None, initial={**theirs, "version": wanted.version})
    if form.is_valid():

        def act() -> None:
            actions.choose(
                by=by_of(request),
                seen=form.cleaned_data["version"],
                ways=form.ways,
                quiet=form.quiet,
                now=now_of(request),
            )

        if saved(form, act, version=wanted.version, theirs=theirs):
            return done(request, _("Saved."), "notices")
    return page(
        request,
        "messages/preferences.html",
        {
            "form": form,
            "trouble": delivery.trouble_of(person_of(request)),
            "crumbs": [(_("Messages"), reverse("notices"))],
            **section_of(request),
        },
        status=422 if form.errors else 200,
    )
