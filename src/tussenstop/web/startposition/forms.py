"""A form made of questions from the content pack: one field, or a few, for each kind."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tussenstop.content import Question, pack
from tussenstop.people.rules import Weekday
from tussenstop.startposition.answers import is_answered
from tussenstop.startposition.rules import Audience, DayPart, Pile, Room
from tussenstop.web.stops.forms import Text

if TYPE_CHECKING:
    from tussenstop.people.models import Competence

SPARE_EXAMPLES = 2
MOST_EXAMPLES = 12
OWN_MOTIVES = 3


def _name(question: Question, *more: object) -> str:
    return "-".join(["q_" + question.key, *map(str, more)])


class VersionedForm(forms.Form):
    """A form over a row; `version` is what the writer had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def written_elsewhere(self, text: object, version: int) -> None:
        """Say that the row changed meanwhile: what was typed stays, and saving again keeps it."""
        self.add_error(None, str(text))
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


class QuestionsForm(VersionedForm):
    """The questions of one part or one side."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Mapping[str, Question],
        answers: Mapping[str, Any],
        version: int,
        competences: Sequence["Competence"] = (),
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.questions = questions
        self.competences = competences
        self._examples: dict[str, int] = {}
        for question in questions.values():
            getattr(self, f"_add_{question.kind}")(question, answers.get(question.key))

    def _put(self, question: Question, field: forms.Field, *more: object) -> None:
        field.required = False
        self.fields[_name(question, *more)] = field

    def _about(self, question: Question) -> dict[str, Any]:
        return {"label": str(question.text), "help_text": str(question.hint or "")}

    def _add_line(self, question: Question, value: Any) -> None:
        self._put(question, forms.CharField(max_length=200, initial=value, **self._about(question)))

    def _add_text(self, question: Question, value: Any) -> None:
        self._put(question, Text(rows=4, initial=value, **self._about(question)))

    def _add_number(self, question: Question, value: Any) -> None:
        limits = question.limits
        if limits is None:  # the schema sees to it that there are
            raise ValueError(question.key)
        about = self._about(question)
        about["label"] = f"{about['label']} ({limits.unit})"
        field = forms.IntegerField(
            min_value=limits.lowest, max_value=limits.highest, initial=value, **about
        )
        self._put(question, field)

    def _add_choice(self, question: Question, value: Any) -> None:
        self._put(
            question,
            forms.ChoiceField(
                choices=[(key, str(option.text)) for key, option in question.options.items()],
                widget=forms.RadioSelect,
                initial=value,
                **self._about(question),
            ),
        )

    def _several(self, question: Question, choices: list[tuple[str, str]], value: Any) -> None:
        self._put(
            question,
            forms.MultipleChoiceField(
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                initial=value or [],
                **self._about(question),
            ),
        )

    def _add_choices(self, question: Question, value: Any) -> None:
        choices = [(key, str(option.text)) for key, option in question.options.items()]
        self._several(question, choices, value)

    def _add_cultures(self, question: Question, value: Any) -> None:
        choices = [
            (key, f"{culture.name}: {culture.description}")
            for key, culture in pack().cultures.items()
        ]
        self._several(question, choices, value)

    def _add_week(self, question: Question, value: Any) -> None:
        kept = value or {}
        for day in Weekday:
            for part in DayPart:
                field = forms.ChoiceField(
                    label=f"{day.label}, {part.label}",
                    choices=[("", "–"), *Room.choices],
                    initial=kept.get(str(day.value), {}).get(part.value, ""),
                )
                self._put(question, field, day.value, part.value)

    def _add_motives(self, question: Question, value: Any) -> None:
        kept = value or {}
        for key, card in pack().motives.items():
            field = forms.ChoiceField(
                label=str(card.name),
                help_text=str(card.description),
                choices=[*Pile.choices, ("", _("not me"))],
                widget=forms.RadioSelect,
                initial=kept.get("cards", {}).get(key, ""),
            )
            self._put(question, field, key)
        for number in range(OWN_MOTIVES):
            own = kept.get("own", [])
            field_own = forms.CharField(
                label=_("A motive of your own"),
                max_length=200,
                initial=own[number] if number < len(own) else "",
            )
            self._put(question, field_own, "own", number)

    def _add_examples(self, question: Question, value: Any) -> None:
        kept = value or []
        count = len(kept) + SPARE_EXAMPLES
        while self.is_bound and _name(question, count, "what") in self.data:
            count += 1
        self._examples[question.key] = count = min(count, MOST_EXAMPLES)
        for number in range(count):
            row = kept[number] if number < len(kept) else {}
            what = forms.CharField(
                label=_("What I can do"), max_length=200, initial=row.get("what", "")
            )
            example = forms.CharField(
                label=_("An example"), max_length=400, initial=row.get("example", "")
            )
            self._put(question, what, number, "what")
            self._put(question, example, number, "example")

    def _add_competences(self, question: Question, value: Any) -> None:
        kept = {one["id"]: one["where"] for one in value or []}
        for one in self.competences:
            key = str(one.pk)
            self._put(
                question,
                forms.BooleanField(label=f"{one.code} {one.text}", initial=key in kept),
                key,
            )
            where = forms.CharField(
                label=_("Where you did it"), max_length=300, initial=kept.get(key, "")
            )
            self._put(question, where, key, "where")

    def shown(self) -> list[dict[str, Any]]:
        """Each question with what the template needs to show it."""
        return [self._shown(question) for question in self.questions.values()]

    def _shown(self, question: Question) -> dict[str, Any]:
        found: dict[str, Any] = {"question": question, "kind": question.kind}
        match question.kind:
            case "week":
                found["parts"] = [part.label for part in DayPart]
                found["days"] = [
                    (day.label, [self[_name(question, day.value, part.value)] for part in DayPart])
                    for day in Weekday
                ]
            case "motives":
                found["cards"] = [self[_name(question, key)] for key in pack().motives]
                found["own"] = [self[_name(question, "own", n)] for n in range(OWN_MOTIVES)]
            case "examples":
                found["rows"] = [
                    (self[_name(question, n, "what")], self[_name(question, n, "example")])
                    for n in range(self._examples[question.key])
                ]
            case "competences":
                found["rows"] = [
                    (self[_name(question, one.pk)], self[_name(question, one.pk, "where")])
                    for one in self.competences
                ]
            case _:
                found["bound"] = self[_name(question)]
        return found

    def values(self) -> dict[str, Any]:
        """What was answered, by question; an empty answer is kept as none."""
        found = {key: self._value(question) for key, question in self.questions.items()}
        return {key: value for key, value in found.items() if is_answered(value)}

    def _value(self, question: Question) -> Any:
        given = self.cleaned_data
        match question.kind:
            case "week":
                week = {
                    str(day.value): {
                        part.value: room
                        for part in DayPart
                        if (room := given[_name(question, day.value, part.value)])
                    }
                    for day in Weekday
                }
                return {day: parts for day, parts in week.items() if parts}
            case "motives":
                cards = {key: given[_name(question, key)] for key in pack().motives}
                own = [given[_name(question, "own", n)] for n in range(OWN_MOTIVES)]
                return {
                    "cards": {key: pile for key, pile in cards.items() if pile},
                    "own": [one for one in own if one],
                }
            case "examples":
                rows = [
                    {name: given[_name(question, n, name)] for name in ("what", "example")}
                    for n in range(self._examples[question.key])
                ]
                return [row for row in rows if any(row.values())]
            case "competences":
                return [
                    {
                        "id": str(one.pk),
                        "code": one.code,
                        "text": one.text,
                        "where": given[_name(question, one.pk, "where")],
                    }
                    for one in self.competences
                    if given[_name(question, one.pk)]
                ]
            case _:
                return given[_name(question)]


class SharingForm(VersionedForm):
    """For each part, with whom it is shared."""

    def __init__(
        self,
        data: Any = None,
        *,
        shared: Mapping[str, Sequence[str]],
        audiences: Sequence[Audience],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        for key, part in pack().starting_position.items():
            self.fields[key] = forms.MultipleChoiceField(
                label=str(part.name),
                choices=[(audience.value, audience.label) for audience in audiences],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=list(shared.get(key, [])),
            )

    @property
    def shared(self) -> dict[str, list[str]]:
        return {key: self.cleaned_data[key] for key in pack().starting_position}
