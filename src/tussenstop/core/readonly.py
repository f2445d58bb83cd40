"""A GET cannot write, and this is what enforces it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

READING = ("SELECT", "EXPLAIN", "SAVEPOINT", "RELEASE SAVEPOINT", "WITH", "PRAGMA", "(SELECT")

_opened: ContextVar[bool] = ContextVar("writes_opened", default=False)


class WriteInRead(Exception):
    """A request that should only read tried to change data: a mistake of ours, never a person's."""


@contextmanager
def writes_allowed(reason: str) -> Iterator[None]:
    """Open the door for a write that belongs to reading itself, such as the log of who looked."""
    if not reason:
        raise ValueError("say why a read has to write")
    token = _opened.set(True)
    try:
        yield
    finally:
        _opened.reset(token)


def _refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    if not _opened.get() and not sql.lstrip().upper().startswith(READING):
        raise WriteInRead(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """Innermost: wraps the view and its template, not the session around them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Sign-in pages of allauth keep their own stage in the session and rate limits in the cache.
        if request.method not in {"GET", "HEAD", "OPTIONS"} or request.path.startswith("/account/"):
            return self.get_response(request)
        with connections["default"].execute_wrapper(_refuse_writes):
            return self.get_response(request)
