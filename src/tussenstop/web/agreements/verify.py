"""Open to everybody: is this PDF, or this digest, exactly what was agreed to?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.agreements import verify_queries
from tussenstop.agreements.evidence import grouped
from tussenstop.agreements.verify_queries import Verification
from tussenstop.web.agreements.forms import VerifyForm, typed
from tussenstop.web.limits import MINUTE, too_often, visitor
from tussenstop.web.page import page

PER_MINUTE = 30


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
    if too_often(f"verify:{visitor(request)}", PER_MINUTE, within=MINUTE):
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
