"""The first pages: what waits today, and whether the installation is ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from tussenstop.web.page import page


def today(request: HttpRequest) -> HttpResponse:
    return page(request, "home/today.html")


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
