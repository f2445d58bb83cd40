"""Paper: what was signed elsewhere, its scan, and the PDF of what everybody agreed to."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements import queries
from tussenstop.agreements.actions import consent
from tussenstop.core import files
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.web.agreements.forms import ScanForm, show_refusal, typed
from tussenstop.web.agreements.lists import crumbs
from tussenstop.web.page import by_of, done, now_of, page, person_of

EVERY = 3  # seconds after which the page that waits for a PDF looks again


@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: HttpRequest, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """Record that somebody signed on paper, with the page they signed."""
    person, now = person_of(request), now_of(request)
    view = queries.get_agreement(
        person=person, agreement_id=agreement_id, now=now, permission=OnRoute.PROPOSE
    )
    party = next((p for p in view.parties if p.pk == party_id), None)
    if party is None or view.revision is None or party.person_id == person.pk:
        raise NotFound
    form = ScanForm(typed(request), request.FILES or None, initial={"revision": view.revision.pk})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["revision"] != view.revision.pk or hasattr(party, "consent"):
                raise Stale(
                    _("Things changed meanwhile. Look at the agreement before you record this.")
                )
            upload = form.cleaned_data["file"]
            consent.record_elsewhere(
                by=by_of(request),
                revision=view.revision,
                party_id=party_id,
                scan=files.keep(
                    upload,
                    name=upload.name,
                    by=person.pk,
                    now=now,
                    kinds=frozenset({"pdf", "photo"}),
                ),
                now=now,
            )
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            return done(
                request,
                _("Recorded. %(name)s gets a mail about it.") % {"name": party.name},
                "agreement",
                agreement_id,
            )
    return page(
        request,
        "agreements/elsewhere.html",
        {
            "view": view,
            "agreement": view.agreement,
            "party": party,
            "form": form,
            "crumbs": crumbs(
                view.roles, (view.agreement.title, reverse("agreement", args=[agreement_id]))
            ),
        },
        status=status,
    )


@require_safe
def scan(request: HttpRequest, agreement_id: UUID, party_id: UUID) -> HttpResponseBase:
    """The signed page, for who may read the agreement."""
    view = queries.get_agreement(
        person=person_of(request), agreement_id=agreement_id, now=now_of(request)
    )
    stored = queries.scan_of(view, party_id)
    ending = {files.PDF: ".pdf", files.WEBP: ".webp"}[stored.content_type]
    return FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=f"{stored.name.rpartition('.')[0] or stored.name}{ending}",
        content_type=stored.content_type,
    )


@require_safe
def pdf(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The PDF; while it is being made, a page that looks again by itself."""
    view, content = queries.sealed_pdf(
        person=person_of(request), agreement_id=agreement_id, now=now_of(request)
    )
    request.looked_at = view.roles.route  # type: ignore[attr-defined]
    if content is None or view.seal is None:
        response = page(
            request,
            "agreements/pdf_later.html",
            {
                "agreement": view.agreement,
                "crumbs": crumbs(
                    view.roles, (view.agreement.title, reverse("agreement", args=[agreement_id]))
                ),
            },
            status=202,
        )
        response["Refresh"] = str(EVERY)
        return response
    day = timezone.localdate(view.seal.sealed_at).isoformat()
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{view.agreement.title} {day}.pdf") or "attachment"
    )
    return response
