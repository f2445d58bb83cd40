"""Choosing one of many, by searching and by pages: it stays usable with thousands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.web.page import few_of, page


@dataclass(frozen=True, slots=True)
class Choice:
    """One that can be chosen."""

    title: str
    text: str
    note: str
    url: str


def id_in(request: HttpRequest, name: str) -> UUID | None:
    """The id that the address carries under this name. Raises NotFound when it is none."""
    value = request.GET.get(name, "")
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError as error:
        raise NotFound from error


def address(request: HttpRequest, **carried: Any) -> str:
    """This page, with what was chosen until now."""
    return f"{request.path}?{urlencode({k: v for k, v in carried.items() if v})}"


def workplace_choice(workplace: Any, url: str) -> Choice:
    """A workplace in a few words: where it is, and how things go there."""
    kinds = pack().cultures
    cultures = [str(kinds[key].name) for key in workplace.culture_types if key in kinds]
    return Choice(
        title=workplace.name,
        text=", ".join(filter(None, [workplace.organisation.name, workplace.city])),
        note=" · ".join([*cultures, *workplace.own_culture_types]),
        url=url,
    )


def pick(
    request: HttpRequest,
    found: QuerySet[Any],
    *,
    shown: Callable[[Any], Choice],
    carried: dict[str, str],
    **more: Any,
) -> HttpResponse:
    """A page on which one chooses one of `found`; `carried` goes along with every search."""
    if request.method not in {"GET", "HEAD"}:
        raise BadRequest
    few = few_of(request, found, per_page=20)
    return page(
        request,
        "starting/pick.html",
        {
            "page": few,
            "choices": [shown(row) for row in few.object_list],
            "words": request.GET.get("q", ""),
            "carried": carried,
            **more,
        },
    )
