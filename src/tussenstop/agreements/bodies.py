"""The text of an agreement as it is put before its parties: made once, in one language, kept.

A body is {"sections": [{"key", "title", "owner", "fields": [{"key", "label", "value"}]}],
"data": {…}}; `data` is what the agreement changes on the route once it holds.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.agreements.evidence import day
from tussenstop.agreements.models import Agreement, DraftSection
from tussenstop.agreements.rules import Kind, plain
from tussenstop.content import pack
from tussenstop.routes.models import Placement, Route, Stop
from tussenstop.routes.names import name_of

Field = dict[str, Any]


def _field(label: str, value: str, key: str = "") -> Field:
    return {"key": key, "label": label, "value": value}


def _value(value: Any) -> Any:
    """What somebody wrote, as it is agreed to: a text, or rows without the empty ones."""
    if isinstance(value, str):
        return plain(value)
    rows = [{key: plain(cell) for key, cell in row.items()} for row in value]
    return [row for row in rows if any(row.values())]


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def start_body(agreement: Agreement) -> dict[str, Any]:
    """The start agreement from its draft sections, with the facts of the placement in front."""
    placement = agreement.placement
    route = agreement.route
    form = pack().start_agreement
    with translation.override(agreement.language):
        sections = [
            {
                "key": "facts",
                "title": _("What this is about"),
                "owner": "",
                "fields": [
                    _field(_("Student"), route.student.name),
                    _field(_("Programme"), f"{route.programme.name}, {route.institution.name}"),
                    *_placement_fields(placement),
                    _field(_("Hours on the workplace"), str(route.hours_target)),
                ],
            }
        ]
        drafts = {draft.key: draft for draft in agreement.sections.all()}
        for section in form.values():
            draft = drafts.get(section.key)
            values: Mapping[str, Any] = draft.values if draft else {}
            sections.append(
                {
                    "key": section.key,
                    "title": str(section.title),
                    "owner": section.owner or "",
                    "fields": [
                        {
                            "key": f.key,
                            "label": str(f.label),
                            "value": _value(values.get(f.key) or ([] if f.columns else "")),
                            **(
                                {
                                    "columns": [
                                        {"key": c.key, "label": str(c.label)}
                                        for c in f.columns.values()
                                    ]
                                }
                                if f.columns
                                else {}
                            ),
                        }
                        for f in section.fields.values()
                    ],
                }
            )
    return {"sections": sections, "data": {}}


def _placement_fields(placement: Placement | None) -> list[Field]:
    if placement is None:
        return []
    return [
        _field(_("Workplace"), f"{placement.workplace.name}, {placement.organisation.name}"),
        _field(
            _("Period"),
            f"{_day(placement.starts_on.isoformat())} – {_day(placement.ends_on.isoformat())}",
        ),
    ]


def _period(route: Route, data: Mapping[str, Any]) -> list[Field]:
    placement = Placement.objects.select_related("workplace", "organisation").get(
        pk=data["placement"], route=route
    )
    return [
        _field(_("Workplace"), f"{placement.workplace.name}, {placement.organisation.name}"),
        _field(_("First day"), _day(data["starts_on"])),
        _field(_("Last day"), _day(data["ends_on"])),
        _field(_("Hours on the workplace"), str(data["hours_target"])),
    ]


def _pause(route: Route, data: Mapping[str, Any]) -> list[Field]:  # noqa: ARG001
    back = data.get("back_on")
    return [
        _field(_("Pause from"), _day(data["starts_on"])),
        _field(_("Probably back on"), _day(back) if back else _("to be agreed")),
    ]


def _resume(route: Route, data: Mapping[str, Any]) -> list[Field]:  # noqa: ARG001
    return [_field(_("Going on from"), _day(data["on"]))]


def _stops(route: Route, data: Mapping[str, Any]) -> list[Field]:
    names = {str(stop.pk): name_of(stop) for stop in Stop.objects.filter(route=route)}
    fields = []
    for operation in data["operations"]:
        after = names.get(operation.get("after") or "", "")
        where = _("after “%(stop)s”") % {"stop": after} if after else _("at the beginning")
        if operation["do"] == "add":
            added = f"{operation['name']} ({where})"
            if purpose := operation.get("purpose"):
                added = f"{added}: {purpose}"
            fields.append(_field(_("New stop"), added))
        elif operation["do"] == "skip":
            fields.append(_field(_("Skip"), names.get(operation["stop"], "")))
        else:
            fields.append(_field(_("Move"), f"{names.get(operation['stop'], '')} ({where})"))
    return fields


def _rhythm(route: Route, data: Mapping[str, Any]) -> list[Field]:  # noqa: ARG001
    names = pack().conversations
    return [
        _field(
            str(names[key].name),
            ngettext("at least every %(count)s day", "at least every %(count)s days", days)
            % {"count": days}
            if days
            else _("when it suits"),
        )
        for key, days in data["rhythm"].items()
    ]


_FACTS: dict[str, Callable[[Route, Mapping[str, Any]], list[Field]]] = {
    Kind.PERIOD: _period,
    Kind.PAUSE: _pause,
    Kind.RESUME: _resume,
    Kind.STOPS: _stops,
    Kind.RHYTHM: _rhythm,
}


def _tidy(data: Mapping[str, Any]) -> dict[str, Any]:
    """What changes, its own words spelled as they are agreed to."""
    if "operations" not in data:
        return dict(data)
    operations = [
        {key: plain(value) if key in {"name", "purpose"} else value for key, value in one.items()}
        for one in data["operations"]
    ]
    return {**data, "operations": operations}


def change_body(
    *, route: Route, kind: str, text: str, data: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """The text of every other kind of agreement: what changes, and the words that go with it."""
    data = _tidy(data)
    with translation.override(language):
        facts = _FACTS[kind](route, data) if kind in _FACTS else []
        sections: list[dict[str, Any]] = []
        if facts:
            sections.append(
                {"key": "facts", "title": _("What changes"), "owner": "", "fields": facts}
            )
        title = _("What was learned") if kind in {Kind.CLOSING, Kind.STOPPING} else _("In words")
        sections.append(
            {
                "key": "text",
                "title": title,
                "owner": "",
                "fields": [{"key": "text", "label": "", "value": plain(text)}],
            }
        )
    return {"sections": sections, "data": data}


def is_filled(draft: DraftSection) -> bool:
    """Whether somebody wrote anything in this section."""
    return any(bool(value) for value in draft.values.values())
