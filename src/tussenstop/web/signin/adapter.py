"""How people come in: only those the partnership knows; a code by e-mail is enough."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tussenstop.people.actions import find_person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up alone: an invitation makes somebody known."""
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails about signing in carry a link beside the code, that fills it in."""
        if code := context.get("code"):
            context["code_url"] = settings.BASE_URL + reverse("code_from_mail", args=[code])
        context["home_url"] = settings.BASE_URL + "/"
        super().send_mail(template_prefix, email, context)

    def post_login(
        self, request: HttpRequest, user: Any, *, email: str | None, **more: Any
    ) -> HttpResponse:
        """A code that was asked for at an address which is no longer theirs lets nobody in."""
        if email and find_person(email) != user:
            logout(request)
            messages.warning(request, _("This address is no longer in use here. Use your new one."))
            return redirect("account_login")
        return super().post_login(request, user, email=email, **more)  # type: ignore[no-any-return]
