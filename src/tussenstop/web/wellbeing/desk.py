"""The coach's desk: questions, what people share, promises, and notes for oneself."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.core.readonly import writes_allowed
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page
from tussenstop.web.wellbeing.crumbs import to_desk
from tussenstop.web.wellbeing.forms import (
    AnswerTimeForm,
    ChangeNoteForm,
    NoteForm,
    PromiseForm,
    ReplyForm,
)
from tussenstop.web.wellbeing.shown import items_of, sentences_of
from tussenstop.wellbeing import coach_queries as queries
from tussenstop.wellbeing import who
from tussenstop.wellbeing.actions import asking, coaching, sharing

WAYS = ("GET", "HEAD", "POST")
QUESTIONS, PROMISES = 20, 10  # on a page


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits first; names and moments, never what somebody shared."""
    coach, now = person_of(request), now_of(request)
    found = queries.desk_of(coach=coach, now=now)
    contacts = slice_of(request, found.contacts)
    return page(
        request,
        "wellbeing/desk.html",
        {
            "questions": few_of(request, found.questions, QUESTIONS, "questions"),
            "contacts": contacts,
            "people": queries.with_shares(coach, list(contacts)),
            "promises": few_of(request, found.promises, PROMISES, "promises"),
            "schools": queries.schools_of(coach=coach, now=now),
            "today": timezone.localdate(now),
        },
    )


View = Callable[..., HttpResponse]


def keeps_words(view: View) -> View:
    """Somebody may take everything back while their coach writes: then it is not found, and what the
    coach typed is not lost for the coach."""

    @wraps(view)
    def kept(request: HttpRequest, **ids: UUID) -> HttpResponse:
        try:
            return view(request, **ids)
        except NotFound:
            text = request.POST.get("text", "").strip()
            if not text or not who.is_coach(person_of(request), now=now_of(request)):
                raise
            context = {"text": text, "crumbs": to_desk()}
            return page(request, "wellbeing/gone.html", context, status=404)

    return kept


def _shared(request: HttpRequest, person_id: UUID) -> queries.Shared:
    return queries.shared_by(coach=person_of(request), person_id=person_id, now=now_of(request))


@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What one person shares; that this coach looked is written down before it is shown."""
    found = _shared(request, person_id)
    return _person_page(request, found)


def _shown(moment: Any) -> tuple[Any, Any, Any]:
    """A check-in or a questionnaire: itself, what was answered, and the questionnaire it was."""
    instrument = getattr(moment, "instrument", None)
    return moment, sentences_of(moment) if instrument else items_of(moment), instrument


def _person_page(
    request: HttpRequest, found: queries.Shared, status: int = 200, **forms: Any
) -> HttpResponse:
    now = now_of(request)
    with writes_allowed("who looks is written down for who shares"):
        sharing.looked(by=by_of(request), person=found.person, now=now)
    course = slice_of(request, found.course)
    in_a_week = timezone.localdate(now) + timedelta(days=7)
    return page(
        request,
        "wellbeing/person.html",
        {
            "found": found,
            "course": course,
            "moments": [_shown(one) for one in queries.moments(course)],
            "notes": list(found.notes[:100]),
            "today": timezone.localdate(now),
            "reply_form": ReplyForm(),
            "promise_form": PromiseForm(initial={"due_on": in_a_week}),
            "note_form": NoteForm(),
            "failed": None,
            "crumbs": to_desk(),
            **forms,
        },
        status=status,
    )


@require_POST
@keeps_words
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.get_question(coach=person_of(request), question_id=question_id, now=now)
    form = ReplyForm(request.POST)

    def act() -> None:
        asking.reply(
            by=by_of(request),
            question=found,
            key=form.cleaned_data["key"],
            text=form.cleaned_data["text"],
            now=now,
        )

    if form.is_valid() and saved(form, act):
        return done(request, _("Sent."), "coach_person", found.person_id)
    shared = _shared(request, found.person_id)
    return _person_page(request, shared, 422, failed=found.pk, reply_form=form)


@require_POST
def close(request: HttpRequest, question_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.get_question(coach=person_of(request), question_id=question_id, now=now)
    asking.close(by=by_of(request), question=found, now=now)
    return done(request, _("Closed. A new word opens it again."), "coach_person", found.person_id)


@require_POST
def promise(request: HttpRequest, person_id: UUID) -> HttpResponse:
    found = _shared(request, person_id)
    form = PromiseForm(request.POST)

    def act() -> None:
        coaching.promise(
            by=by_of(request), person=found.person, now=now_of(request), **form.cleaned_data
        )

    if form.is_valid() and saved(form, act):
        return done(request, _("Promised. Both of you see it."), "coach_person", person_id)
    return _person_page(request, found, 422, promise_form=form)


@require_POST
def kept(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.get_promise(coach=person_of(request), promise_id=promise_id, now=now)
    coaching.keep_promise(by=by_of(request), promise=found, now=now)
    return done(request, _("Good."), "coach_desk")


@require_POST
@keeps_words
def note(request: HttpRequest, person_id: UUID) -> HttpResponse:
    found = _shared(request, person_id)
    form = NoteForm(request.POST)

    def act() -> None:
        coaching.note(
            by=by_of(request), person=found.person, now=now_of(request), **form.cleaned_data
        )

    if form.is_valid() and saved(form, act):
        return done(request, _("Kept, for you alone."), "coach_person", person_id)
    return _person_page(request, found, 422, note_form=form)


@require_http_methods(WAYS)
def change_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    found = queries.get_note(coach=person_of(request), note_id=note_id, now=now_of(request))
    form = ChangeNoteForm(
        request.POST or None, initial={"text": found.text, "version": found.version}
    )
    if form.is_valid():

        def act() -> None:
            coaching.change_note(
                by=by_of(request),
                note=found,
                seen=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
            )

        if saved(form, act, version=found.version, theirs={"text": found.text}):
            return done(request, _("Kept, for you alone."), "coach_person", found.person_id)
    url = reverse("coach_person", args=[found.person_id])
    return form_page(
        request,
        form,
        title=_("Note about %(name)s") % {"name": found.person.name},
        submit=_("Keep"),
        crumbs=[*to_desk(), (found.person.name, url)],
    )


@require_POST
def remove_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    found = queries.get_note(coach=person_of(request), note_id=note_id, now=now_of(request))
    coaching.remove_note(by=by_of(request), note=found)
    return done(request, _("Gone for good."), "coach_desk")


@require_http_methods(WAYS)
def answer_time(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Within how many days the coaches of an institution promise to answer."""
    coach, now = person_of(request), now_of(request)
    school = queries.get_school(coach=coach, institution_id=institution_id, now=now)
    days = dict(queries.schools_of(coach=coach, now=now)).get(school)
    form = AnswerTimeForm(request.POST or None, initial={"days": days})
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            coaching.set_answer_time(
                by=by_of(request), institution=school, days=form.cleaned_data["days"], now=now
            )

        if saved(form, act):
            return done(request, _("Kept."), "coach_desk")
    return form_page(
        request,
        form,
        title=_("Time to answer at %(school)s") % {"school": school.name},
        submit=_("Keep"),
        crumbs=to_desk(),
    )
