"""How a view answers: one page or its fragment; who acts; messages; the way back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise

from tussenstop.core import clock
from tussenstop.core.audit import Actor
from tussenstop.people.acting import By

if TYPE_CHECKING:
    from tussenstop.people.models import Person

PER_PAGE = 25


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or only `part` of it (a template partial) when htmx asks for it."""
    if part and getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = f"{template}#{part}"
    return TemplateResponse(request, template, context or {}, status=status)


def person_of(request: HttpRequest) -> "Person":
    """The person signed in; the login-required default sees to it that there is one."""
    return cast("Person", request.user)


def by_of(request: HttpRequest) -> By:
    """The person signed in, acting by their session: what every action wants to know."""
    return By(person_of(request))


def actor_of(request: HttpRequest) -> Actor:
    return by_of(request).actor


def now_of(request: HttpRequest) -> datetime:
    """One moment for the whole request."""
    if not hasattr(request, "_now"):
        request._now = clock.now()  # type: ignore[attr-defined]
    return cast(datetime, request._now)  # type: ignore[attr-defined]


def done(
    request: HttpRequest, text: str | Promise, to: str, *args: Any, **kwargs: Any
) -> HttpResponseRedirect:
    """After a change: say it worked, and go on to where one sees it."""
    messages.success(request, str(text))
    return cast(HttpResponseRedirect, redirect(to, *args, **kwargs))


def slice_of(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of a list that the address asks for; a number out of range gives the nearest."""
    return Paginator(items, per_page).get_page(request.GET.get("page"))
