"""One invented student's journey, travelled through the real actions at believable moments."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.agreements.rules import Answer, Kind
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.ops.demo import documents, positions
from tussenstop.ops.demo.stages import BEGUN_DAYS_AGO, FORMS, STARTED_WEEKS_AGO, STOPS_DONE, Cast
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import moments, people, preparations, start, state, stops
from tussenstop.routes.models import Moment, Placement, Route, Stop
from tussenstop.routes.rules import Context, State

EARLY, LATE = 8, 19  # the hours between which people act


def last_daytime(now: datetime) -> datetime:
    """This moment, or the end of the afternoon before it: people act by day."""
    local = timezone.localtime(now)
    if EARLY <= local.hour < LATE:
        return now
    day = local - timedelta(days=1 if local.hour < EARLY else 0)
    return day.replace(hour=LATE - 2, minute=0, second=0, microsecond=0)


class Journey:
    """Tells one story: `travel` takes it to a stage and stops there."""

    def __init__(
        self, cast: Cast, *, context: str, number: int, texts: dict[str, Any], today: datetime
    ) -> None:
        self.cast = cast
        self.context = Context(context)
        self.number = number
        self.texts = texts
        self.today = today
        self.clock = today
        self.turn = count(number)
        self.route: Route

    def pick(self, options: list[Any]) -> Any:
        return options[next(self.turn) % len(options)]

    def later(self, *, days: float = 0, hours: float = 1) -> datetime:
        """Let some time pass in the story: people act by day, and never past today."""
        local = timezone.localtime(self.clock + timedelta(days=days, hours=hours))
        if not EARLY <= local.hour < LATE:
            morning = local + timedelta(days=1 if local.hour >= LATE else 0)
            local = morning.replace(hour=EARLY, minute=5 + 7 * (self.number % 7))
        self.clock = min(local, self.today)
        return self.clock

    def travel(self, stage: str) -> None:
        weeks = STARTED_WEEKS_AGO.get(stage)
        first_day = self.today - timedelta(weeks=weeks or 0)
        begun = timedelta(days=BEGUN_DAYS_AGO.get(stage, 45) + self.number % 4)
        self.clock = min(first_day, self.today) - begun
        self._start(first_day if self.cast.workplace else None)
        if stage in {"invited"}:
            return
        self._accept_roles()
        if stage in {"preparing"}:
            return
        positions.tell(
            self._fresh(),
            self.texts["positions"],
            number=self.number,
            later=lambda: self.later(hours=1),
        )
        if stage == "seeking":
            self._move_on(State.SEEKING)
            self._close_stops(1)
            return
        if stage == "acquainting":
            self._move_on(State.ACQUAINTING)
            self._close_stops(1)
            return
        self._move_on(State.ACQUAINTING)
        self._agree(stage)
        if stage in {"drafting", "proposed", "contested"}:
            return
        self._close_stops(3)
        if stage == "agreed":
            return
        documents.give_all(self._fresh(), coordinator=self.cast.coordinator, later=self.later)
        self.clock = max(self.clock, first_day + timedelta(hours=2))
        self._move_on(State.UNDER_WAY)
        self._close_stops(STOPS_DONE[stage])
        if STOPS_DONE[stage] > 6:
            positions.change_of_mind(self._fresh(), now=self.later())
        self._end(stage)
        if stage in {"onboarding", "interim", "halfway", "nearly"}:
            self._plan_next(stage)

    def _fresh(self) -> Route:
        return Route.objects.select_related("student").get(pk=self.route.pk)

    def _start(self, first_day: datetime | None) -> None:
        cast = self.cast
        place = None
        if first_day and cast.workplace:
            day = first_day.date()
            place = start.Place(
                cast.workplace,
                day,
                day + timedelta(weeks=cast.programme.weeks),
                FORMS[self.context],
            )
        mentors = (
            [start.Mentor(cast.mentor, is_manager=cast.mentor == cast.coordinator)]
            if cast.mentor and place
            else []
        )
        if self.context == Context.OWN_EMPLOYEE and place and cast.coordinator:
            self.route = start.start_for_employee(
                by=By(cast.coordinator),
                key=uuid7(),
                organisation=place.workplace.organisation,
                student=cast.student,
                programme=cast.programme,
                place=place,
                mentors=mentors,
                now=self.clock,
            )
        elif self.context == Context.CANDIDATE or place is None:
            self.route = start.start_own_route(
                by=By(cast.student),
                key=uuid7(),
                programme=cast.programme,
                context=self.context,
                place=place,
                mentors=mentors,
                now=self.clock,
            )
        else:
            self.route = start.start_for_student(
                by=By(cast.leader),
                key=uuid7(),
                student=cast.student,
                programme=cast.programme,
                context=self.context,
                place=place,
                mentors=mentors,
                teacher=cast.teacher,
                now=self.clock,
            )

    def _accept_roles(self) -> None:
        for person in (self.cast.student, self.cast.teacher, self.cast.mentor):
            for part in Participation.objects.filter(
                route=self.route, person=person, accepted_at=None
            ).select_related("person", "invited_by", "route__student"):
                people.answer_invitation(
                    by=By(part.person), part=part, takes_part=True, now=self.later(hours=20)
                )
        placement = Placement.objects.filter(route=self.route).first()
        guests = ((self.cast.coach, RouteRole.COACH), (self.cast.godparent, RouteRole.GODPARENT))
        for guest, role in guests:
            if guest is None or (role == RouteRole.GODPARENT and placement is None):
                continue
            part = people.invite(
                by=By(self.cast.student),
                route=self._fresh(),
                person=guest,
                role=role,
                placement=placement,
                note=self.texts["godparent_note"] if role == RouteRole.GODPARENT else "",
                now=self.later(),
            )
            people.answer_invitation(
                by=By(guest, means="link"), part=part, takes_part=True, now=self.later(hours=5)
            )

    def _partners(self) -> tuple[Person, Person]:
        if self.cast.mentor is None or self.cast.teacher is None:
            raise ValueError(f"{self.cast.student.name} needs a mentor and a teacher to go on")
        return self.cast.mentor, self.cast.teacher

    def _move_on(self, to: State) -> None:
        state.move_on(by=By(self.cast.student), route=self._fresh(), to=to, now=self.later())

    def _save(self, agreement: Agreement, who: Person, key: str, lines: list[str]) -> None:
        section = pack().start_agreement[key]
        texts = [field.key for field in section.fields.values() if field.kind != "rows"]
        draft = agreement.sections.get(key=key)
        values = {**draft.values, **dict(zip(texts, lines, strict=False))}
        drafts.save_section(
            by=By(who),
            agreement=agreement,
            key=key,
            values=values,
            seen=draft.version,
            now=self.later(hours=9),
        )

    def _agree(self, stage: str) -> None:
        cast = self.cast
        mentor, teacher = self._partners()
        agreement = drafts.begin_start_agreement(
            by=By(cast.student),
            route=self._fresh(),
            placement=Placement.objects.get(route=self.route),
            now=self.later(hours=6),
        )
        self._save(
            agreement, cast.student, "expectations_student", self.pick(self.texts["student"])
        )
        if stage == "drafting":
            return
        self._save(agreement, mentor, "expectations_mentor", self.pick(self.texts["mentor"]))
        self._save(agreement, teacher, "expectations_school", self.pick(self.texts["teacher"]))
        self._save(agreement, cast.student, "practical", self.pick(self.texts["practical"]))
        revision = self._propose(agreement, seen=0)
        if stage == "contested" or self.number % 4 == 0:
            consent.answer(
                by=By(mentor, means="link"),
                revision=revision,
                answer=Answer.CHANGE,
                section="practical",
                reason=self.pick(self.texts["words"]["objections"]),
                now=self.later(hours=15),
            )
            if stage == "contested":
                return
            self._save(agreement, cast.student, "practical", self.pick(self.texts["practical"]))
            revision = self._propose(agreement, seen=1)
        consent.answer(
            by=By(mentor, means="link"),
            revision=revision,
            answer=Answer.YES,
            now=self.later(hours=15),
        )
        if stage == "proposed":
            return
        consent.answer(
            by=By(teacher), revision=revision, answer=Answer.YES, now=self.later(hours=7)
        )

    def _propose(self, agreement: Agreement, *, seen: int) -> Revision:
        return proposing.propose_start(
            by=By(self.cast.student), agreement=agreement, seen=seen, now=self.later(hours=8)
        )

    def _stop(self, position: int) -> Stop:
        stop = Stop.objects.get(route=self.route, position=position)
        stop.route = self._fresh()
        return stop

    def _close_stops(self, until: int) -> None:
        """Hold and close every stop before this position that is not closed yet."""
        for position in range(until):
            stop = self._stop(position)
            if stop.done_at or stop.stretch:
                continue
            if stop.aimed_on:
                aimed = timezone.make_aware(
                    datetime.combine(stop.aimed_on, datetime.min.time())
                ) + timedelta(hours=14)
                self.clock = min(max(self.clock, aimed), self.today - timedelta(hours=until))
            lead = {
                RouteRole.MENTOR: self.cast.mentor,
                RouteRole.TEACHER: self.cast.teacher,
            }.get(RouteRole(stop.lead)) or self.cast.student
            stops.save_outcome(
                by=By(lead),
                stop=stop,
                text=self.pick(self.texts["outcomes"][stop.kind]),
                seen=stop.outcome_version,
                now=self.later(),
            )
            for point in stop.agenda.all():
                stops.mark_talked(
                    by=By(lead), stop=stop, point_id=point.pk, talked=True, now=self.clock
                )
            for item in stop.checklist.filter(automatic=""):
                stops.tick(
                    by=By(self.cast.student), stop=stop, item_id=item.pk, done=True, now=self.clock
                )
            stops.close_stop(by=By(lead), stop=stop, now=self.later())

    def _plan_next(self, stage: str) -> None:
        """The next stop: proposed, planned, or prepared, by the number of the story."""
        stop = (
            Stop.objects.filter(route=self.route, done_at=None, skipped_at=None, stretch=False)
            .order_by("position")
            .first()
        )
        if stop is None:
            return
        stop.route = self._fresh()
        days = 2 + self.number % 9
        when = timezone.localtime(self.today + timedelta(days=days)).replace(
            hour=9 + self.number % 8, minute=0, second=0, microsecond=0
        )
        now = self.today - timedelta(days=1 + self.number % 3)
        moment = moments.propose_moment(
            by=By(self.cast.student),
            stop=stop,
            key=uuid7(),
            starts_at=when,
            minutes=45,
            place=self.cast.workplace.name if self.cast.workplace else "",
            now=now,
        )
        stops.add_agenda_point(
            by=By(self.cast.student),
            stop=stop,
            key=uuid7(),
            text=self.pick(self.texts["words"]["agenda"]),
            now=now,
        )
        if stage == "interim" or self.number % 3 == 0:
            answering = Moment.objects.get(pk=moment.pk)
            for answer in answering.answers.select_related("person"):
                moments.answer_moment(
                    by=By(answer.person, means="link"),
                    moment=answering,
                    suits=True,
                    now=now + timedelta(minutes=40),
                )
            self._prepare(stop, now + timedelta(minutes=55))

    def _prepare(self, stop: Stop, now: datetime) -> None:
        kind = pack().stops[stop.kind]
        mine = [prompt.key for prompt in kind.prompts.values() if "student" in prompt.roles]
        if not mine:
            return
        text = self.pick(self.texts["prepared"])
        stop.route = self._fresh()
        preparations.save_preparation(
            by=By(self.cast.student), stop=stop, answers={mine[0]: text}, seen=0, now=now
        )
        if self.number % 2 == 0:
            preparations.share_preparation(
                by=By(self.cast.student), stop=stop, shared=True, now=now + timedelta(minutes=15)
            )

    def _end(self, stage: str) -> None:
        """A pause, a completion or an early end: agreed by all, like everything that binds."""
        words = self.texts["words"]
        data: dict[str, Any] = {}
        if stage == "paused":
            kind, text = Kind.PAUSE, words["pause"]
            data = {
                "starts_on": self.clock.date().isoformat(),
                "back_on": (self.today + timedelta(weeks=5)).date().isoformat(),
            }
        elif stage == "completed":
            kind, text = Kind.CLOSING, words["closing"]
        elif stage == "stopped":
            kind, text = Kind.STOPPING, self.pick(words["learned"])
        else:
            return
        agreement = proposing.propose_change(
            by=By(self.cast.student),
            route=self._fresh(),
            kind=kind,
            key=uuid7(),
            title="",
            text=text,
            data=data,
            now=self.later(days=1),
        )
        revision = Revision.objects.get(agreement=agreement)
        for person in self._partners():
            consent.answer(
                by=By(person, means="link"),
                revision=revision,
                answer=Answer.YES,
                now=self.later(hours=10),
            )
