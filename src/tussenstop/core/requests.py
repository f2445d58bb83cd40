"""What holds for every request: an id, and pages that nobody keeps."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from tussenstop.core.ids import uuid7


class RequestIdMiddleware:
    """An id for every request, in the log and on the page that tells of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid7().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class KeptByNobodyMiddleware:
    """Pages tell of people: no proxy keeps them, and no browser of a shared computer shows them
    again after somebody signed out. What says itself how long it may be kept, is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
