"""Scripts that go on in a browser when no page is open. They are served from the root and not with
the other files, so that they may look after every address of the product."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@cache
def _script(area: str) -> bytes:
    return files(f"tussenstop.web.{area}").joinpath("worker.js").read_bytes()


def worker_of(area: str) -> Callable[[HttpRequest], HttpResponse]:
    """The view that serves the worker of one area; the same for everybody."""

    @login_not_required
    @require_safe
    def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
        response = HttpResponse(_script(area), content_type="text/javascript")
        response["Cache-Control"] = "no-cache"
        return response

    return worker
