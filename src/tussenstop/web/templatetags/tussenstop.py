"""The tags and filters our templates share; docs/look.md shows each with an example."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tussenstop.access.demo_people import demo_people as everybody
from tussenstop.core.ids import uuid7
from tussenstop.routes.line import Line, LineStop, draw
from tussenstop.web import components

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our set, inlined. Without a label it is decoration."""
    paths = mark_safe(components.icon_paths(name))  # noqa: S308 - our own files
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
            label,
            paths,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', paths
    )


@register.simple_tag
def avatar(person: Any, role: str = "") -> SafeString:
    """Somebody's initials in a circle, in the colour of their role."""
    return format_html(
        '<span class="avatar role-{}" aria-hidden="true">{}</span>', role or "none", person.initials
    )


@register.simple_tag
def role_tag(role: str) -> SafeString:
    """A role by name, colour and shape."""
    shape = components.ROLE_SHAPES.get(role, components.NO_SHAPE)  # type: ignore[call-overload]
    return format_html(
        '<span class="role role-{}"><svg viewBox="0 0 10 10" aria-hidden="true"><path d="{}"/></svg>'
        "{}</span>",
        role,
        shape,
        components.role_name(role),
    )


@register.simple_tag
def new_key() -> str:
    """The key of a form that stands more than once on a page."""
    return str(uuid7())


@register.filter
def role_name(role: str) -> str:
    return components.role_name(role)


@register.filter
def unread_count(person: Any) -> int:
    """How many notices somebody has not read: it came along with who is signed in."""
    return getattr(person, "unread", 0)


@register.filter
def without_addresses(text: str) -> str:
    """A letter to read on the page, where a button stands for the address."""
    return "\n".join(
        line for line in text.splitlines() if not line.strip().startswith(("http://", "https://"))
    )


@register.filter
def get_item(mapping: Any, key: Any) -> Any:
    """A dictionary's value; nothing when it has none."""
    return mapping.get(key, "") if mapping else ""


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A form field with its label, hint, widget and error."""
    widget = bound.field.widget
    described = [f"{bound.id_for_label}-hint"] if hint or bound.help_text else []
    described += [f"{bound.id_for_label}-error"] if bound.errors else []
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    many = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "widget": None if many else bound.as_widget(attrs=attrs),
        "many": many,
        "check": isinstance(widget, CheckboxInput),
        "described": " ".join(described),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What must be looked at again, on top of the form, each a link to its field."""
    fields = [(bound, bound.errors) for bound in form if bound.errors]
    return {"form": form, "fields": fields, "general": form.non_field_errors()}


@register.inclusion_tag("components/line.html", name="line")
def line_tag(line: Line, size: str = "full") -> dict[str, Any]:
    """The route as a line with stops: full on its own page, small in lists."""
    drawing = draw(line, size)
    box = f"0 0 {drawing.width:g} {drawing.height:g}"
    return {
        "line": line,
        "small": size == "small",
        "box": box,
        "track": components.track_svg(drawing, size),
        "stops": line.stops,
        "summary": components.summary_of(line) if size == "small" else "",
    }


@register.filter
def symbol(stop: LineStop) -> SafeString:
    return components.symbol_svg(stop)


@register.inclusion_tag("components/paginate.html", takes_context=True)
def paginate(context: dict[str, Any], page: Any, of: str = "") -> dict[str, Any]:
    """Earlier and later pages of a list; nothing when there is only one. `of` says which list, on
    a page with several."""
    query = context["request"].GET.copy()
    name = getattr(page, "name", "page")
    query.pop(name, None)
    return {"page": page, "name": name, "of": of, "query": query.urlencode()}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """What stands where nothing is yet: an invitation."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.simple_tag
def demo_people() -> list[tuple[str, list[Any], list[Any]]]:
    """The demo people by role: three to choose from at once, and the others."""
    return [(role, all_[:3], all_[3:]) for role, all_ in everybody().items() if all_]
