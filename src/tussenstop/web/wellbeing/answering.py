"""Filling in a questionnaire of one's institution, and reading one's own answers back."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.web.instruments.filling import FillInForm
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs
from tussenstop.web.wellbeing.crumbs import to_own
from tussenstop.web.wellbeing.shown import kept_text, sentences_of
from tussenstop.wellbeing import answers, queries
from tussenstop.wellbeing.actions import answering as actions

TIMES = 12  # a page of one's own answers


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """One questionnaire, word for word as its owner wrote it. What was typed while it was withdrawn
    stays on the page."""
    person, now = person_of(request), now_of(request)
    queries.require_filling_in(person, now)
    found = answers.get_to_fill_in(person=person, instrument_id=instrument_id, now=now)
    readers = queries.who_reads_on(person, now=now)
    form = FillInForm(request.POST or None, wording=found.spoken)
    if form.is_valid():

        def act() -> None:
            actions.answer(
                by=by_of(request),
                key=form.cleaned_data["key"],
                instrument=found,
                answers=form.answers,
                word=form.cleaned_data["word"],
                now=now,
            )

        if saved(form, act):
            return done(request, kept_text(readers), "wellbeing_answers", found.family)
    return page(
        request,
        "wellbeing/fill_in.html",
        {
            "instrument": found,
            "form": form if form.is_bound or found.is_offered(timezone.localdate(now)) else None,
            "readers": readers,
            "crumbs": to_own(),
            "back": reverse("wellbeing"),
        },
        status=422 if form.errors else 200,
    )


@require_safe
def over_time(request: HttpRequest, family: UUID) -> HttpResponse:
    """One's own answers to each sentence, in words and in time; what was asked differently in
    another version stands apart."""
    person, now = person_of(request), now_of(request)
    rows = slice_of(request, answers.of_family(person=person, family=family), TIMES)
    stretches = [
        (instrument, _by_sentence(list(times)))
        for instrument, times in groupby(rows, key=lambda one: one.instrument)
    ]
    offered = next(
        (
            line.instrument
            for line in answers.lines(person=person, now=now)
            if line.offered and line.instrument.family == family
        ),
        None,
    )
    return page(
        request,
        "wellbeing/answers.html",
        {
            "newest": rows[0].instrument,
            "rows": rows,
            "stretches": stretches,
            "offered": offered,
            "crumbs": to_own(),
        },
    )


def _by_sentence(times: list[Any]) -> list[tuple[str, list[tuple[Any, str]]]]:
    """For each sentence of one version, every moment with its answer, oldest first."""
    times = times[::-1]
    each = [sentences_of(one) for one in times]
    return [
        (column[0][0], [(one, answer) for one, (_item, answer) in zip(times, column, strict=True)])
        for column in zip(*each, strict=True)
    ]


@require_safe
def one(request: HttpRequest, answered_id: UUID) -> HttpResponse:
    """What was answered once, and who may read it."""
    found = answers.get_answered(person=person_of(request), answered_id=answered_id)
    url = reverse("wellbeing_answers", args=[found.instrument.family])
    crumbs: Crumbs = [*to_own(), (found.instrument.name, url)]
    return page(
        request,
        "wellbeing/answered.html",
        {
            "moment": found,
            "instrument": found.instrument,
            "sentences": sentences_of(found),
            "readers": queries.readers_of(found, now=now_of(request)),
            "remove_url": reverse("wellbeing_answered_remove", args=[found.pk]),
            "crumbs": crumbs,
        },
    )


@require_POST
def remove(request: HttpRequest, answered_id: UUID) -> HttpResponse:
    found = answers.get_answered(person=person_of(request), answered_id=answered_id)
    actions.remove(by=by_of(request), answered=found)
    return done(request, _("Gone for good."), "wellbeing")
