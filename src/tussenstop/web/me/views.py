"""One's own account, language and theme."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.people.acting import By
from tussenstop.people.profile import change_language, change_profile
from tussenstop.web.me.forms import KNOWN_LANGUAGES, ProfileForm
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.wellbeing.own_line import has_own_page

A_YEAR = 60 * 60 * 24 * 365
THEMES = {"light", "dark"}


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProfileForm(
        request.POST or None,
        initial={"name": person.name, "phone": person.phone, "language": person.language},
    )
    if request.method == "POST" and form.is_valid():
        change_profile(by=by_of(request), **form.cleaned_data)
        return done(request, _("Saved."), "account")
    how_am_i = has_own_page(person, now_of(request))
    return page(request, "me/account.html", {"form": form, "how_am_i": how_am_i})


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page one came from, never to another site."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in another language, here and (when signed in) everywhere."""
    wanted = request.POST.get("language", "")
    response = _back(request)
    if wanted in KNOWN_LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SECURE,
        )
        if request.user.is_authenticated:
            change_language(by=By(person_of(request)), language=wanted)
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or what the device prefers."""
    wanted = request.POST.get("theme", "")
    response = _back(request)
    if wanted in THEMES:
        response.set_cookie(
            "tussenstop_theme", wanted, max_age=A_YEAR, samesite="Lax", secure=settings.SECURE
        )
    else:
        response.delete_cookie("tussenstop_theme")
    return response
