"""Open pages: what Tussenstop is, and who sees what."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.web.page import page


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    content = pack()
    return page(
        request,
        "home/about.html",
        {
            "principles": content.principles.values(),
            "groups": content.lever_groups.values(),
            "contexts": content.contexts.values(),
        },
    )


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The permissions on a route as the software itself applies them."""
    rows = [
        (permission.label, [(role, role in ON_ROUTE[permission]) for role in RouteRole])
        for permission in OnRoute
    ]
    return page(
        request,
        "home/privacy.html",
        {"roles": list(RouteRole), "rows": rows, "push": settings.PUSH},
    )
