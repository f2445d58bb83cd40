"""What the domain refuses becomes an answer for people."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from tussenstop.core.errors import DomainError, NotFound, Refused, Stale


class DomainErrorMiddleware:
    """Views catch the refusals they can show beside a field; the rest is answered here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFound):
            raise Http404 from error
        if isinstance(error, Refused):
            status = 403
        elif isinstance(error, (Stale, DomainError)):
            status = 409
        else:
            return None
        response = TemplateResponse(
            request, "errors/refused.html", {"reason": error.text}, status=status
        )
        return response.render()
