"""One's own e-mail address: another one is asked for, and confirmed by the code that came there."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.core.errors import DomainError
from tussenstop.messages import addresses
from tussenstop.messages.delivery import trouble_of
from tussenstop.people.actions import ask_for_address, waiting_address
from tussenstop.web.limits import too_often
from tussenstop.web.me.forms import AddressForm, CodeForm
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved

TRIES = 10  # within an hour, by one person
CODES = 5  # within an hour, to one address


class TooOften(DomainError):
    """A machine, or somebody who would fill another one's mailbox."""


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def change(request: HttpRequest) -> HttpResponse:
    """Ask for another address. What one reads next is the same whoever's it is."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]

        def act() -> None:
            often = too_often(f"address:{person_of(request).pk}", TRIES)
            if often or too_often(f"address-to:{email.lower()}", CODES):
                raise TooOften(_("That was tried very often. Wait an hour."))
            ask_for_address(by=by_of(request), email=email, now=now_of(request))

        if saved(form, act):
            return HttpResponseRedirect(reverse("address_code"))
    return page(
        request,
        "me/address.html",
        {
            "form": form,
            "waiting": waiting_address(person_of(request), now=now_of(request)),
            "trouble": trouble_of(person_of(request)),
            "crumbs": [(_("My account"), reverse("account"))],
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code of the new address; a link in its mail fills it in, and changes nothing."""
    person, now = person_of(request), now_of(request)
    waiting = waiting_address(person, now=now)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if form.is_valid():
        found: list[str] = []

        def act() -> None:
            found.append(addresses.confirm(by=by_of(request), **form.cleaned_data, now=now))

        if saved(form, act):
            text = _("Done. From now on you sign in with %(email)s, and mail goes there.")
            return done(request, text % {"email": found[0]}, "account")
    if not waiting and not form.errors:
        return HttpResponseRedirect(reverse("account_email"))
    return page(
        request,
        "me/address_code.html",
        {
            "form": form,
            "waiting": waiting,
            "crumbs": [
                (_("My account"), reverse("account")),
                (_("Another e-mail address"), reverse("account_email")),
            ],
        },
        status=422 if form.errors else 200,
    )
