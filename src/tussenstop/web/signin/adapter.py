"""How people come in: only those the partnership knows; a code by e-mail is enough."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up alone: an invitation makes somebody known."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return str(super().get_login_redirect_url(request))

    def format_email_subject(self, subject: str) -> str:
        return subject

    def is_safe_url(self, url: Any) -> bool:
        return bool(super().is_safe_url(url))
