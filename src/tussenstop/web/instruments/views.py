"""The questionnaires of an institution: adding, looking how they will be, putting in use,
withdrawing. Nothing here tells whether anybody filled one in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.instruments import actions, queries
from tussenstop.instruments.rules import State, ends_soon
from tussenstop.web.instruments.filling import FillInForm
from tussenstop.web.instruments.forms import TextForm, UseForm, initial_of
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, form_page, to_institution

WAYS = ("GET", "HEAD", "POST")


def _crumbs(institution: Any) -> Crumbs:
    url = reverse("instruments", args=[institution.pk])
    return [*to_institution(institution), (_("Questionnaires"), url)]


def _to(instrument: Any) -> Crumbs:
    url = reverse("instrument", args=[instrument.pk])
    return [*_crumbs(instrument.institution), (instrument.name, url)]


def _get(request: HttpRequest, instrument_id: UUID) -> Any:
    return queries.get(person=person_of(request), instrument_id=instrument_id, now=now_of(request))


def _previews(row: Any) -> list[tuple[Any, FillInForm]]:
    """As people will see it, in each of its languages."""
    return [(one, FillInForm(wording=one, prefix=one.language)) for one in row.wordings]


def _standing(row: Any, today: date) -> dict[str, Any]:
    """How a version stands today, for a list and for its own page."""
    last = row.valid_until if row.state == State.IN_USE else None
    return {
        "row": row,
        "over": last is not None and last < today,
        "soon": ends_soon(last, today),
        "days": (last - today).days if last else None,
        "later": row.state == State.IN_USE and row.valid_from > today,
    }


@require_safe
def show(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    institution, found = queries.of_institution(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    rows = slice_of(request, found)
    today = timezone.localdate(now_of(request))
    return page(
        request,
        "instruments/instruments.html",
        {
            "institution": institution,
            "rows": rows,
            "standings": [_standing(row, today) for row in rows],
            "crumbs": to_institution(institution),
        },
    )


@require_safe
def instrument(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """One version, as people will see it, and by what right."""
    row = _get(request, instrument_id)
    standing = _standing(row, timezone.localdate(now_of(request)))
    versions = queries.versions(row)
    newest = versions[0]
    return page(
        request,
        "instruments/instrument.html",
        {
            **standing,
            "standing": standing,
            "previews": _previews(row),
            "others": [one for one in versions if one.pk != row.pk],
            "draft": newest if newest.state == State.DRAFT else None,
            "crumbs": _crumbs(row.institution),
        },
    )


@require_http_methods(WAYS)
def add(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    institution, _found = queries.of_institution(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    form = TextForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            actions.add(
                by=by_of(request),
                institution=institution,
                key=key,
                text=form.values(),
                now=now_of(request),
            )

        if saved(form, act):
            return done(request, _("Kept. Nobody sees it yet."), "instrument", key)
    return _text_page(request, form, _("Add a questionnaire"), _crumbs(institution))


@require_http_methods(WAYS)
def edit(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    row = _get(request, instrument_id)
    if row.state != State.DRAFT and request.method != "POST":
        return _no_draft(request, row)
    form = TextForm(request.POST or None, row=row)
    if form.is_valid():

        def act() -> None:
            actions.edit(
                by=by_of(request),
                instrument=row,
                seen=form.cleaned_data["version"],
                text=form.values(),
                now=now_of(request),
            )

        if saved(form, act, version=row.version, theirs=initial_of(row)):
            return done(request, _("Saved."), "instrument", row.pk)
    return _text_page(request, form, _("Change the questionnaire"), _to(row))


def _no_draft(request: HttpRequest, row: Any) -> HttpResponseRedirect:
    messages.warning(
        request, _("This is in use, and stays as it is. Make a new version to change it.")
    )
    return redirect("instrument", row.pk)


def _text_page(request: HttpRequest, form: TextForm, title: str, crumbs: Crumbs) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save"),
        crumbs=crumbs,
        template="instruments/text_form.html",
    )


@require_http_methods(WAYS)
def use(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Say by what right, and offer it to the people of the institution."""
    row = _get(request, instrument_id)
    if row.state != State.DRAFT and request.method != "POST":
        return _no_draft(request, row)
    promise = _(
        "We hold the right to let the students, teachers and coaches of %(school)s fill in this "
        "questionnaire, word for word as it stands here."
    ) % {"school": row.institution.name}
    form = UseForm(
        request.POST or None, row=row, today=timezone.localdate(now_of(request)), promise=promise
    )
    if form.is_valid():

        def act() -> None:
            actions.put_in_use(
                by=by_of(request),
                instrument=row,
                seen=form.cleaned_data["version"],
                held=form.values(),
                confirmed=form.cleaned_data["confirmed"],
                now=now_of(request),
            )

        if saved(form, act, version=row.version):
            text = _("In use. Who fills it in, nobody but they themselves will know.")
            return done(request, text, "instrument", row.pk)
    earlier = [one for one in queries.versions(row) if one.state == State.IN_USE]
    return form_page(
        request,
        form,
        title=_("Put in use"),
        lead=row.name,
        submit=_("Put in use"),
        crumbs=_to(row),
        template="instruments/use.html",
        row=row,
        previews=_previews(row),
        earlier=[one for one in earlier if one.pk != row.pk],
    )


@require_POST
def withdraw(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    row = _get(request, instrument_id)
    actions.withdraw(by=by_of(request), instrument=row, now=now_of(request))
    text = _("Withdrawn. Nobody can fill it in any more; what people keep stays theirs.")
    return done(request, text, "instrument", row.pk)


@require_POST
def new_version(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    row = _get(request, instrument_id)
    made = actions.new_version(by=by_of(request), instrument=row, now=now_of(request))
    text = _("A new version to write in. Until it is in use, the old one stays as it is.")
    return done(request, text, "instrument_edit", made.pk)


@require_POST
def delete(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    row = _get(request, instrument_id)
    try:
        actions.delete(by=by_of(request), instrument=row, now=now_of(request))
    except actions.CannotDelete as refusal:
        messages.warning(request, str(refusal.text))
        return redirect("instrument", row.pk)
    return done(request, _("Gone for good."), "instruments", row.institution_id)
