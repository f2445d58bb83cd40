"""The five locks on wellbeing: the table of permissions, imports, relations, one window, a canary."""

import ast
import io
import logging
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.contracts.access_rows import RELATIONS, Case, make_case
from tests.contracts.access_table import TABLE
from tests.instruments.keeping import in_use
from tests.wellbeing.telling import CANARY, answers, asks, shares, tells
from tests.worlds import NOW, World
from tussenstop.access.matrix import IN_SCOPE, ON_ROUTE, InScope, OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.wellbeing.actions import sharing
from tussenstop.wellbeing.models import Share

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/tussenstop/wellbeing"


# One: the table of permissions.


def test_exactly_these_roles_hold_a_permission_on_wellbeing() -> None:
    on_route = {p: who for p, who in ON_ROUTE.items() if p.value.startswith("wellbeing.")}
    assert on_route == {
        OnRoute.CHECK_IN: {
            RouteRole.STUDENT,
            RouteRole.MENTOR,
            RouteRole.TEACHER,
            RouteRole.COACH,
        },
        OnRoute.SUPPORT: {RouteRole.COACH},
        OnRoute.FILL_IN: {RouteRole.STUDENT},
    }
    words = {"wellbeing", "support", "groups", "wellbeing_instrument"}
    in_scope = {p: who for p, who in IN_SCOPE.items() if p.value.partition(".")[2] in words}
    assert in_scope == {
        InScope.CHECK_IN: {Role.STUDENT, Role.MENTOR, Role.TEACHER, Role.COACH},
        InScope.SUPPORT: {Role.COACH},
        InScope.FILL_IN: {Role.STUDENT, Role.TEACHER, Role.COACH},
        InScope.SEE_GROUPS: {Role.COACH, Role.PROGRAMME_COORDINATOR},
    }


# Two: imports.


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_only_its_own_screens_import_it_and_the_contract_says_so() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    allowed = {
        tuple(one["protected_modules"]): set(one["allowed_importers"])
        for one in contracts
        if one["type"] == "protected"
    }
    assert allowed[("tussenstop.wellbeing",)] == {
        "tussenstop.web.wellbeing",
        "tussenstop.ops.demo.wellbeing",
    }
    assert allowed[("tussenstop.wellbeing.models",)] == {"tussenstop.wellbeing"}
    assert not any("ignore_imports" in one for one in contracts)


def test_of_its_screens_others_use_only_the_line_of_oneself() -> None:
    found = set()
    for path in (ROOT / "src/tussenstop").rglob("*.py"):
        if "wellbeing" in path.relative_to(ROOT).parts:
            continue
        for name in imports_of(path):
            if name.startswith("tussenstop.web.wellbeing."):
                place = path.relative_to(ROOT / "src/tussenstop/web").parent.name
                found.add((place, ".".join(name.split(".")[:4])))
    assert found == {(place, "tussenstop.web.wellbeing.own_line") for place in ("home", "me")}


def test_what_an_institution_keeps_of_its_questionnaires_knows_nothing_of_wellbeing() -> None:
    lower = [*(ROOT / "src/tussenstop/instruments").rglob("*.py")]
    screens = [*(ROOT / "src/tussenstop/web/instruments").rglob("*.py")]
    found = {name for path in [*lower, *screens] for name in imports_of(path)}
    assert {name for name in found if "instruments.actions" in name}
    assert {name for name in found if "wellbeing" in name} == set()


# Three: relations.


def test_no_table_leads_to_wellbeing() -> None:
    own = list(apps.get_app_config("wellbeing").get_models())
    assert len(own) > 5
    back = {
        f"{model.__name__}.{field.name}"
        for model in own
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.related_name != "+"
    }
    assert back == set()
    elsewhere = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model not in own and field.is_relation and field.related_model in own
    }
    assert elsewhere == set()


# Four: one window.

TOGETHER = re.compile(r"\b(?:aggregate|annotate|Count|Avg|Sum|StdDev|mean)\(")


def test_only_the_window_looks_at_many_people_together() -> None:
    found = {
        path.name
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "src/tussenstop/web/wellbeing").glob("*.py")]
        if "migrations" not in path.parts and TOGETHER.search(path.read_text(encoding="utf-8"))
    }
    assert found == set()
    uses = {
        path.relative_to(ROOT / "src/tussenstop").as_posix()
        for path in (ROOT / "src/tussenstop").rglob("*.py")
        if any(name.startswith("tussenstop.wellbeing.aggregate") for name in imports_of(path))
        or "tussenstop.wellbeing.aggregate" in set(imports_of(path))
    }
    assert uses == {"wellbeing/apps.py", "web/wellbeing/groups.py"}


def test_the_window_never_looks_at_questionnaires_of_an_institution() -> None:
    window = PACKAGE / "aggregate.py"
    named = {
        node.id for node in ast.walk(ast.parse(window.read_text())) if isinstance(node, ast.Name)
    }
    assert "CheckIn" in named
    assert "Answered" not in named
    assert not any("instruments" in name for name in imports_of(window))


# Five: the canary.

OWN = {  # who finds the canary where, and nobody anywhere else
    "student": {
        "wellbeing",
        "wellbeing_moment",
        "wellbeing_times",
        "wellbeing_question",
        "wellbeing_answers",
        "wellbeing_answered",
    },
}
COACH = {"coach_person"}


def prepared(*, shared: bool) -> Case:
    case = make_case()
    told = tells(case.world.student)
    asks(case.world.student, case.world.coach)
    answered = answers(case.world.student, in_use(case.world))
    if shared:
        shares(case.world.student, case.world.coach, answered)
        shares(case.world.student, case.world.coach, told)
        shares(case.world.student, case.world.coach)
    return case


def text_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace") + str(response.headers)


def sung(case: Case, relation: str) -> set[str]:
    """The addresses at which this relation finds the canary; those that answer with “not found”
    or “sign in” are walked by the test of access."""
    client = Client(raise_request_exception=False)
    if relation != "anonymous":
        client.force_login(case.person(relation))
    found = set()
    for name, row in TABLE.items():
        if row.get.of(relation) in {401, 404, 405}:
            continue
        if CANARY in text_of(client.get(reverse(name, kwargs=row.kwargs(case)))):
            found.add(name)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
def test_the_canary_sings_for_its_owner_and_for_whom_it_was_shared_with(relation: str) -> None:
    case = prepared(shared=True)
    expected = OWN.get(relation, COACH if relation == "coach" else set())
    assert sung(case, relation) == expected


@pytest.mark.django_db
def test_a_question_shares_no_check_in_and_what_is_taken_back_sings_no_more(world: World) -> None:
    told = tells(world.student)
    shares(world.student, world.coach, told)
    client = Client()
    client.force_login(world.coach)
    page = reverse("coach_person", args=[world.student.pk])
    assert CANARY in client.get(page).text
    asks(world.student, world.coach, what="Kunnen we praten?")
    sharing.stop(by=_by(world.student), share=Share.objects.get())
    response = client.get(page)
    assert "Kunnen we praten?" in response.text
    assert CANARY not in response.text


def _by(person: Person):  # type: ignore[no-untyped-def]
    from tussenstop.people.acting import By

    return By(person)


@pytest.mark.django_db
def test_no_mail_and_no_story_knows_the_canary_nor_the_name() -> None:
    before = AuditEntry.objects.count()
    case = make_case()
    instrument = in_use(case.world)
    mails, stories = OutgoingMail.objects.count(), AuditEntry.objects.count()
    assert stories > before
    told = tells(case.world.student)
    asks(case.world.student, case.world.coach)
    shares(case.world.student, case.world.coach, told)
    answered = answers(case.world.student, instrument)
    shares(case.world.student, case.world.coach, answered)
    new = OutgoingMail.objects.order_by("created_at")[mails:]
    assert len(new) == 1
    for mail in new:
        for text in (mail.subject, mail.text, mail.html):
            assert CANARY not in text
            assert case.world.student.first_name not in text
    assert AuditEntry.objects.count() == stories


@pytest.mark.django_db
def test_an_error_on_one_s_own_page_writes_nothing_of_it_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(course: list[object], *_rest: object) -> None:
        assert course[0].word == CANARY  # type: ignore[attr-defined]
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("tussenstop.web.wellbeing.views.course_of", breaks)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW)
    tells(world.student)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter = settings.LOGGING["formatters"]["structured"]
    made = {key: value for key, value in formatter.items() if key != "()"}
    handler.setFormatter(formatter["()"](**made))
    logging.getLogger("django.request").addHandler(handler)
    try:
        client = Client(raise_request_exception=False)
        client.force_login(world.student)
        assert client.get(reverse("wellbeing")).status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "a mistake of ours" in written.getvalue()
    assert CANARY not in written.getvalue()


@pytest.mark.django_db
def test_others_see_the_same_page_whether_or_not_somebody_filled_something_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW)
    names = ("route", "route_people", "route_history", "route_sight")
    instrument = in_use(world)
    client = Client()

    def pages(person: Person) -> list[str]:
        client.force_login(person)
        addresses = [reverse(name, args=[world.route.pk]) for name in names]
        addresses += [
            reverse("instruments", args=[world.institution.pk]),
            reverse("instrument", args=[instrument.pk]),
        ]
        texts = [client.get(address).text for address in [*addresses, reverse("today")]]
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in texts]

    people = [world.mentor, world.teacher, world.coach, world.programme_coordinator]
    for person in people:
        pages(person)  # the first look of a day is written down
    before = [pages(person) for person in people]
    tells(world.student)
    answers(world.student, instrument)
    assert [pages(person) for person in people] == before
