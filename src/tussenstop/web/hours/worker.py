"""The script that keeps the pages to write hours down. It stands at the root, so that it may look
after every address of the product."""

from functools import cache
from importlib.resources import files

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@cache
def _script() -> bytes:
    return files("tussenstop.web.hours").joinpath("worker.js").read_bytes()


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    response = HttpResponse(_script(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
