"""Coming in: the demo's door, and the code that came by e-mail as a link."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tussenstop.access.demo_people import demo_person
from tussenstop.web.page import page


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people; exists only in a demo."""
    person = demo_person(request.POST.get("email", "")) if settings.DEMO else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    return redirect("today")


@login_not_required
@require_GET
def code_from_mail(request: HttpRequest, code: str) -> HttpResponse:
    """The code page with the code of the mail filled in. Opening it signs nobody in: that takes a
    tap, in the browser that asked for the code."""
    if not request.session.get("account_login"):
        return redirect("account_login")
    return page(request, "account/code_from_mail.html", {"code": code[:20]})
