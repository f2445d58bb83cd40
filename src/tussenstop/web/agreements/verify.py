"""Open to everybody: is this PDF, or this digest, exactly what was agreed to?"""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.agreements import verify_queries
from tussenstop.agreements.evidence import grouped
from tussenstop.agreements.verify_queries import Verification
from tussenstop.web.agreements.forms import VerifyForm, typed
from tussenstop.web.page import page

PER_MINUTE = 30


def _too_often(request: HttpRequest) -> bool:
    """Whether this address asked more than PER_MINUTE times within a minute."""
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # it expired in between
        return False


def _answer(
    request: HttpRequest, form: VerifyForm, found: Verification | None, *, asked: bool
) -> HttpResponse:
    return page(
        request,
        "agreements/verify.html",
        {
            "form": form,
            "asked": asked,
            "found": found,
            "groups": grouped(found.digest) if found else [],
        },
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(typed(request), request.FILES or None)
    if request.method != "POST":
        return _answer(request, VerifyForm(), None, asked=False)
    if _too_often(request):
        return page(request, "agreements/verify.html", {"form": form, "slow": True}, status=429)
    if not form.is_valid():
        return _answer(request, form, None, asked=False)
    file = form.cleaned_data["file"]
    found = (
        verify_queries.verify_pdf(file.read())
        if file
        else verify_queries.verify_digest(form.cleaned_data["digest"])
    )
    return _answer(request, form, found, asked=True)


@login_not_required
@require_safe
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """The address in the PDF."""
    return _answer(request, VerifyForm(), verify_queries.verify_digest(digest), asked=True)
