"""Writes down who opened a student's file, after the page itself has been made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tussenstop.access import looks
from tussenstop.core import clock
from tussenstop.web.page import person_of


class LookMiddleware:
    """A view that shows a student's file sets `request.looked_at` to the route, or to the routes of
    a list that shows more than names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        seen = getattr(request, "looked_at", None)
        if seen is not None and response.status_code == 200:
            person = getattr(request, "looked_by", None) or person_of(request)
            routes = seen if isinstance(seen, list) else [seen]
            looks.record(person=person, routes=routes, now=clock.now())
        return response
