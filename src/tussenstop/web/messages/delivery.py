"""Whether mail arrives, for administrators."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core.mail import INTERRUPTED
from tussenstop.messages import delivery as reading
from tussenstop.messages.delivery import Show
from tussenstop.messages.rules import DIGEST, Kind
from tussenstop.push import queries as signs
from tussenstop.push.posting import Became
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of

HOW: dict[str, str | Promise] = {
    Became.REFUSED: gettext_lazy("refused"),
    Became.UNKNOWN: gettext_lazy("no answer"),
    Became.LATER: gettext_lazy("given up after several attempts"),
}


def _kind(code: str) -> str:
    if code == DIGEST:
        return _("Digest")
    return capfirst(str(Kind(code).label)) if code in set(Kind) else _("Other mail")


def _error(text: str) -> str:
    if text == INTERRUPTED:
        return _(
            "The worker stopped in the middle: perhaps it left. Trying again could send it twice."
        )
    return text


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    """Counts, and what failed; `?show=` for what came back, or waits."""
    person, now = person_of(request), now_of(request)
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.FAILED
    found = few_of(request, reading.mails(person, show=show, now=now))
    return page(
        request,
        "messages/delivery.html",
        {
            "counts": reading.counts(person, now=now),
            "days": reading.COUNTED_DAYS,
            "push": settings.PUSH,
            "not_taken": [
                (one, HOW[one.became])
                for one in signs.not_taken(person, days=reading.COUNTED_DAYS, now=now)
            ],
            "show": show.value,
            "mails": found,
            "rows": [(one, _kind(one.kind), _error(one.error)) for one in found.object_list],
            "now": now,
            "crumbs": [(_("Partnership"), reverse("partnership"))],
        },
    )


@require_POST
def again(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    if reading.again(by=by_of(request), mail_id=mail_id, now=now_of(request)):
        return done(request, _("It is tried again."), "delivery")
    messages.warning(request, _("This mail left meanwhile, or is being sent."))
    return HttpResponseRedirect(reverse("delivery"))


@require_POST
def mine_again(request: HttpRequest) -> HttpResponse:
    """My own address is right."""
    reading.try_mine_again(by=by_of(request))
    return done(request, _("Thank you. From now on mail is sent to you again."), "notices")
