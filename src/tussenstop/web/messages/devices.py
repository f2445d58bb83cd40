"""Short signs on a device: switched on by its owner, on the page of preferences."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core.errors import DomainError, NotFound
from tussenstop.messages import queries as notices
from tussenstop.push import actions, keys
from tussenstop.push import queries as devices
from tussenstop.web.limits import too_often
from tussenstop.web.messages.forms import SubscriptionForm
from tussenstop.web.page import by_of, done, now_of, page, person_of

TRIES = 30  # within an hour
ON = "push"  # in a session on whose device signs come: its pages need not look whether they do


class TooOften(DomainError):
    """A machine, or a page that went wrong."""


class SignsEndMiddleware:
    """Signs end with the session of their device, and go on with it when it gets another key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _signed_in(request) if request.method == "POST" else None
        response = self.get_response(request)
        if before and (after := _signed_in(request)) != before:
            if after and after[0] == before[0]:
                actions.session_renamed(before[1], after[1])
            else:
                actions.session_ended(before[1])
        return response


def _signed_in(request: HttpRequest) -> tuple[str, str] | None:
    """Who, and by which session."""
    who, key = request.session.get(SESSION_KEY), request.session.session_key
    return (who, key) if who and key else None


def section_of(request: HttpRequest) -> dict[str, object]:
    """What the section shows: this device, and the others; `push` is False where the installation
    sends no signs."""
    session = request.session.session_key or ""
    return {
        "push": settings.PUSH,
        "push_key": keys.newest().public if settings.PUSH else "",
        "devices": devices.devices_of(person_of(request), session=session, now=now_of(request))
        if settings.PUSH
        else [],
        "told": "",
        "refused": "",
    }


def _shown(request: HttpRequest, *, told: str = "", refused: str = "") -> HttpResponse:
    """The section itself for the script of the page; the whole page without it."""
    if request.htmx:  # type: ignore[attr-defined]
        more = {"told": told, "refused": refused}
        return page(request, "messages/devices.html", {**section_of(request), **more})
    if refused:
        raise actions.CannotSwitchOn(refused)
    return done(request, told, "notice_preferences")


def _form(request: HttpRequest) -> SubscriptionForm:
    """Raises TooOften, CannotSwitchOn."""
    if too_often(f"push:{person_of(request).pk}", TRIES):
        raise TooOften(_("That was tried very often. Wait an hour."))
    form = SubscriptionForm(request.POST)
    if not form.is_valid():
        raise actions.CannotSwitchOn(_("Your browser gave no address that works. Try again."))
    return form


@require_POST
def switch_on(request: HttpRequest) -> HttpResponse:
    try:
        actions.switch_on(
            by=by_of(request),
            subscription=_form(request).subscription,
            session=request.session.session_key or "",
            until=request.session.get_expiry_date(),
            user_agent=request.headers.get("User-Agent", ""),
            now=now_of(request),
        )
    except DomainError as refusal:
        return _shown(request, refused=str(refusal.text))
    request.session[ON] = True
    return _shown(request, told=_("From now on this device gets a sign."))


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A device that was known tells, by its script, that its owner signed in again."""
    form = _form(request)
    actions.renew(
        by=by_of(request),
        was=form.cleaned_data["was"],
        subscription=form.subscription,
        session=request.session.session_key or "",
        until=request.session.get_expiry_date(),
        user_agent=request.headers.get("User-Agent", ""),
        now=now_of(request),
    )
    request.session[ON] = True
    return HttpResponse(status=204)


@require_POST
def remove(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """One that is gone already is gone."""
    try:
        device = devices.get_device(person=person_of(request), device_id=device_id)
    except NotFound:
        if request.htmx:  # type: ignore[attr-defined]
            return _shown(request, told=_("No more signs there."))
        raise
    actions.switch_off(by=by_of(request), device=device)
    return _shown(request, told=_("No more signs there."))


@require_safe
def go(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """From a sign to the one thing to do. A sign knows only the notice, and so lets nobody in who
    is not signed in. Looking changes nothing: reading is a tap on the page."""
    notice = notices.get_notice(person=person_of(request), notice_id=notice_id)
    inside = notice.url.startswith("/") and not notice.url.startswith("//")
    return HttpResponseRedirect(notice.url if inside else reverse("notices"))
