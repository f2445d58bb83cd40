"""Workplaces: their page, their hours, their photos."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.matching.queries import places_at
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.workplaces import (
    AddWorkplaceForm,
    HoursForm,
    PhotoForm,
    WorkplaceForm,
)
from tussenstop.web.partnership.shown import cultures_of, week_of
from tussenstop.web.partnership.views._common import (
    columns_of,
    form_page,
    to_organisation,
    to_workplace,
)


def _to_edit(request: HttpRequest, workplace_id: UUID) -> queries.WorkplaceView:
    return queries.get_workplace(
        person=person_of(request),
        workplace_id=workplace_id,
        now=now_of(request),
        permission=InScope.EDIT_ORGANISATION,
    )


@require_safe
def workplace(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    view = queries.get_workplace(
        person=person_of(request), workplace_id=workplace_id, now=now_of(request)
    )
    return page(
        request,
        "partnership/workplace.html",
        {
            "workplace": view.workplace,
            "can": view.can,
            "week": week_of(view.workplace.opening_hours.all()),
            "cultures": cultures_of(view.workplace),
            "photos": view.workplace.photos.all(),
            "places": slice_of(
                request,
                places_at(person=person_of(request), workplace=view.workplace, now=now_of(request)),
            ),
            "may_offer": view.can[InScope.OFFER_PLACES.name],
            "crumbs": to_organisation(view.workplace.organisation),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    now = now_of(request)
    organisation = queries.get_organisation(
        person=person_of(request),
        organisation_id=organisation_id,
        now=now,
        permission=InScope.EDIT_ORGANISATION,
    ).organisation
    form = AddWorkplaceForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            partnership.add_workplace(
                by=by_of(request),
                organisation=organisation,
                key=key,
                about=form.about_it(),
                now=now,
            )

        if saved(form, act):
            text = _("Added. Now say when it is open, and show a photo.")
            return done(request, text, "workplace", key)
    return form_page(
        request,
        form,
        title=_("Add a workplace"),
        submit=_("Add the workplace"),
        crumbs=to_organisation(organisation),
        lead=_("A team at a place where a student learns."),
        template="partnership/workplace_form.html",
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    row = _to_edit(request, workplace_id).workplace
    theirs = columns_of(
        row,
        "name",
        "street",
        "postal_code",
        "city",
        "about",
        "culture_types",
        "own_culture_types",
        "culture_story",
        "at_once",
    )
    theirs["own_culture_types"] = tuple(row.own_culture_types)
    form = WorkplaceForm(request.POST or None, initial={**theirs, "version": row.version})
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            partnership.edit_workplace(
                by=by_of(request),
                workplace=row,
                seen=seen,
                about=form.about_it(),
                now=now_of(request),
            )

        if saved(form, act, version=row.version, theirs=theirs):
            return done(request, _("Saved."), "workplace", row.pk)
    return form_page(
        request,
        form,
        title=_("Describe the workplace"),
        submit=_("Save"),
        crumbs=to_workplace(row),
        template="partnership/workplace_form.html",
    )


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    row = _to_edit(request, workplace_id).workplace
    theirs = HoursForm.from_stretches(row.opening_hours.all())
    form = HoursForm(request.POST or None, initial={**theirs, "version": row.version})
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            partnership.set_hours(
                by=by_of(request),
                workplace=row,
                seen=seen,
                hours=form.stretches(),
                now=now_of(request),
            )

        if saved(form, act, version=row.version):
            return done(request, _("Saved."), "workplace", row.pk)
    return form_page(
        request,
        form,
        title=_("Opening hours"),
        submit=_("Save the hours"),
        crumbs=to_workplace(row),
        lead=_("Leave a day empty when it is closed. The second pair is for after a break."),
        template="partnership/hours.html",
    )


@require_POST
def close(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    """Close for new students, or open again."""
    row = _to_edit(request, workplace_id).workplace
    by, now = by_of(request), now_of(request)
    if request.POST.get("closed") == "1":
        partnership.close_workplace(by=by, workplace=row, now=now)
        return done(request, _("Closed: no new students come here."), "workplace", row.pk)
    partnership.reopen_workplace(by=by, workplace=row, now=now)
    return done(request, _("Open again for students."), "workplace", row.pk)


@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    row = _to_edit(request, workplace_id).workplace
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            partnership.add_photo(
                by=by_of(request),
                workplace=row,
                key=data["key"],
                file=data["file"],
                name=data["file"].name,
                caption=data["caption"],
                now=now_of(request),
            )

        if saved(form, act):
            return done(request, _("The photo is there."), "workplace_photos", row.pk)
    return form_page(
        request,
        form,
        title=_("Photos"),
        submit=_("Add the photo"),
        crumbs=to_workplace(row),
        template="partnership/photos.html",
        photos=row.photos.all(),
    )


@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> FileResponse:
    """The picture itself, as what its content was found to be."""
    found = queries.get_photo(person=person_of(request), photo_id=photo_id, now=now_of(request))
    response = FileResponse(
        found.file.content.open("rb"), content_type=found.file.content_type, filename="photo.webp"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def remove_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    found = queries.get_photo(
        person=person_of(request),
        photo_id=photo_id,
        now=now_of(request),
        permission=InScope.EDIT_ORGANISATION,
    )
    partnership.remove_photo(by=by_of(request), photo=found, now=now_of(request))
    return done(request, _("The photo is gone."), "workplace_photos", found.workplace_id)
