"""Writing in the journal: one page for every form, saved by itself and with a button."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.reflection import prompting, queries, shapes
from tussenstop.reflection.actions import writing
from tussenstop.reflection.actions.writing import Pen, TooLong, WrittenElsewhere, Wrote
from tussenstop.reflection.prompting import Prompt
from tussenstop.reflection.rules import FREE, split_key
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.reflection.forms import FileForm, WriteForm, see_both
from tussenstop.web.reflection.shown import prompt_of, to_entry, to_journal

WAYS = ("GET", "HEAD", "POST")


class _Desk:
    """What somebody has before them while they write."""

    def __init__(self, request: HttpRequest, entry: Any, wanted: dict[str, str]) -> None:
        self.person, self.now = person_of(request), now_of(request)
        self.entry = entry
        self.routes = queries.routes_of(self.person, now=self.now)
        if entry and entry.route and entry.route not in self.routes:
            self.routes.append(entry.route)
        self.route = self._route(wanted.get("route", ""))
        self.prompt = self._prompt(wanted.get("prompt", ""))
        self.offered = shapes.on_offer(self.person, now=self.now)
        self.shape = self._shape(wanted.get("form", ""))

    def _route(self, asked: str) -> Any:
        """The route that was chosen; for a new entry, the one that is one's own."""
        if asked:
            return next((one for one in self.routes if str(one.pk) == asked), None)
        return None

    def _prompt(self, asked: str) -> Prompt | None:
        if not asked:
            return None
        main = queries.main_route(self.routes, self.person)
        return prompting.find(self.person, self.route or main, asked)

    def _shape(self, asked: str) -> shapes.Shape:
        """The form that was asked for; one that is no longer offered, when it is used here."""
        by_key = {shape.key: shape for shape in self.offered}
        used = set(shapes.form_keys([self.entry]) if self.entry else ())
        if asked in used - by_key.keys():
            by_key |= shapes.shapes_for([asked])
        return by_key.get(asked) or by_key[FREE]

    def steps(self, posted: Iterable[str] = ()) -> list[shapes.Step]:
        """The steps of the form, and those of earlier forms in which something was written, here
        or on the page that was sent."""
        texts = self.entry.texts if self.entry else {}
        sent = [key.removeprefix("t-") for key in posted if key.startswith("t-")]
        found = shapes.shapes_for([split_key(key)[0] for key in (*texts, *sent)])
        wanted = {*texts, *sent}
        mine = {step.key for step in self.shape.steps}
        earlier = [step for shape in found.values() for step in shape.steps if step.key in wanted]
        return [*self.shape.steps, *(step for step in earlier if step.key not in mine)]


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """An empty page; `form`, `prompt` and `route` in the address set it up."""
    desk = _Desk(request, None, request.GET.dict())
    route = desk.route or queries.main_route(desk.routes, desk.person)
    form = WriteForm(
        steps=desk.steps(),
        texts={},
        routes=desk.routes,
        initial={
            "version": 0,
            "pen": uuid7(),
            "form": desk.shape.key,
            "prompt": desk.prompt.ref if desk.prompt else "",
            "theme": desk.prompt.theme if desk.prompt else "",
            "route": str(route.pk) if route else "",
        },
    )
    if desk.shape.key == FREE:
        form.fields[f"t-{FREE}"].widget.attrs["autofocus"] = True
    return _page(request, desk, form, uuid7())


@require_http_methods(WAYS)
def write(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry. A page that saves itself asks for JSON."""
    entry = queries.own_or_new(person=person_of(request), entry_id=entry_id)
    if request.method != "POST":
        if entry is None:
            raise NotFound
        return _open(request, entry, request.GET.get("form", ""))
    return _keep(request, entry, entry_id)


def _initial(entry: Any, form: str) -> dict[str, Any]:
    return {
        "version": entry.version,
        "pen": uuid7(),
        "form": form,
        "prompt": entry.prompt,
        "theme": entry.theme,
        "route": str(entry.route_id) if entry.route_id else "",
    }


def _open(request: HttpRequest, entry: Any, asked: str) -> HttpResponse:
    desk = _Desk(request, entry, {"form": asked or entry.form, "route": str(entry.route_id or "")})
    form = WriteForm(
        steps=desk.steps(),
        texts=entry.texts,
        routes=desk.routes,
        initial=_initial(entry, desk.shape.key),
    )
    return _page(request, desk, form, entry.pk)


def keep_typed(request: HttpRequest, entry: Any, entry_id: UUID) -> tuple[Any, HttpResponse | None]:
    """The entry with what was typed (nothing, for an empty new page); or the page that says why it
    was not kept."""
    desk = _Desk(request, entry, request.POST.dict())
    form = WriteForm(request.POST, steps=desk.steps(request.POST), texts={}, routes=desk.routes)
    theirs: dict[str, str] = {}
    if form.is_valid():
        try:
            return _save(request, desk, form, entry_id), None
        except WrittenElsewhere as elsewhere:
            theirs = dict(elsewhere.theirs)
            see_both(form, elsewhere.text, elsewhere.version)
        except TooLong as refusal:
            form.add_error(None, str(refusal.text))
    return None, _page(request, desk, form, entry_id, theirs=theirs, status=422)


def _keep(request: HttpRequest, entry: Any, entry_id: UUID) -> HttpResponse:
    kept, refusal = keep_typed(request, entry, entry_id)
    quietly = "application/json" in request.headers.get("Accept", "")
    if refusal is None:
        return _kept(request, kept, quietly=quietly)
    if quietly:
        text = _("Not saved yet: choose “Save” to see why.")
        return JsonResponse({"text": text}, status=409)
    return refusal


def _save(request: HttpRequest, desk: _Desk, form: WriteForm, entry_id: UUID) -> Any:
    data, entry = form.cleaned_data, desk.entry
    prompt = desk.prompt
    switched = request.POST.get("switch", "")
    shape = desk.shape.key
    if switched and switched in {one.key for one in desk.offered}:
        shape = switched
    return writing.write(
        by=by_of(request),
        entry_id=entry_id,
        wrote=Wrote(
            form.texts,
            form=shape,
            theme=data["theme"],
            prompt=prompt.key if prompt else entry.prompt if entry else "",
            prompt_text=prompt.text
            if prompt and prompt.own
            else entry.prompt_text
            if entry
            else "",
            route=desk.route,
        ),
        seen=data["version"],
        pen=Pen(data["pen"], data["stroke"]),
        now=desk.now,
    )


def _kept(request: HttpRequest, kept: Any, *, quietly: bool) -> HttpResponse:
    if quietly:
        at = date_format(localtime(now_of(request)), "H:i")
        saved = _("Saved at %(time)s. Only you see it.") % {"time": at} if kept else ""
        if kept and kept.sharing_version and kept.shares.exists():
            saved = _("Saved at %(time)s.") % {"time": at}
        url = reverse("journal_write", args=[kept.pk]) if kept else ""
        return JsonResponse({"version": kept.version if kept else 0, "saved": saved, "url": url})
    switched = request.POST.get("switch", "")
    if switched:
        if kept:
            url = reverse("journal_write", args=[kept.pk])
            return HttpResponseRedirect(f"{url}?{urlencode({'form': switched})}")
        asked = {"form": switched, "prompt": request.POST.get("prompt", "")}
        return HttpResponseRedirect(f"{reverse('journal_new')}?{urlencode(asked)}")
    if kept is None:
        return done(request, _("There was nothing to keep."), "journal")
    return done(request, _("Saved."), "journal_entry", kept.pk)


def _page(
    request: HttpRequest,
    desk: _Desk,
    form: WriteForm,
    entry_id: UUID,
    *,
    theirs: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    entry, mine = desk.entry, {step.key for step in desk.shape.steps}
    there = dict(theirs or {})
    rows = []
    for step, bound in form.bounds():
        text = there.pop(step.key, "")
        rows.append((step, bound, "" if text == (bound.value() or "").strip() else text))
    return page(
        request,
        "reflection/write.html",
        {
            "form": form,
            "entry": entry,
            "entry_id": entry_id,
            "shape": desk.shape,
            "now_rows": [row for row in rows if row[0].key in mine],
            "earlier": [row for row in rows if row[0].key not in mine],
            "others": list(there.values()),
            "offered": [one for one in desk.offered if one.key != desk.shape.key],
            "prompt": desk.prompt.text if desk.prompt else prompt_of(entry) if entry else "",
            "prompt_by": desk.prompt.by if desk.prompt else "",
            "shared": bool(entry and entry.shares.exists()),
            "files": list(entry.files.select_related("file").order_by("at", "pk")) if entry else [],
            "file_form": FileForm.beside("write"),
            "many_routes": len(desk.routes) > 0,
            "crumbs": to_entry(entry) if entry else to_journal(),
        },
        status=status,
    )
