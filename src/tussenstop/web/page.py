"""How a view answers: one page or its fragment; who acts; messages; the way back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
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
    return Paginator(items, per_page).get_page(request.GET.get("page", "")[:9])


class Few:
    """A page of a list that nobody counts: it only knows whether there is more."""

    def __init__(
        self, object_list: list[Any], number: int, *, more: bool, name: str = "page"
    ) -> None:
        self.object_list = object_list
        self.name = name
        self.number = number
        self.more = more

    def has_previous(self) -> bool:
        return self.number > 1

    def has_next(self) -> bool:
        return self.more

    def has_other_pages(self) -> bool:
        return self.has_previous() or self.has_next()

    def previous_page_number(self) -> int:
        return self.number - 1

    def next_page_number(self) -> int:
        return self.number + 1


def few_of(
    request: HttpRequest, items: QuerySet[Any], per_page: int = PER_PAGE, name: str = "page"
) -> Few:
    """The page of a list that the address asks for, without counting all there is. A page with
    several lists gives each a `name`."""
    asked = request.GET.get(name, "1")[:9]
    number = min(int(asked), 10_000) if asked.isdecimal() and int(asked) > 0 else 1
    first = (number - 1) * per_page
    found = list(items[first : first + per_page + 1])
    return Few(found[:per_page], number, more=len(found) > per_page, name=name)


def says_yes(request: HttpRequest) -> bool:
    """The answer of a form with two buttons. An answer that is neither yes nor no is a mistake of
    a machine, and decides nothing for anybody."""
    answer = request.POST.get("answer")
    if answer not in {"yes", "no"}:
        raise BadRequest
    return answer == "yes"
