"""Walks every address as every relation and compares with the declared expectations.

An address without a row in access_table.py fails here, so that nobody can add a page without
saying who may see it.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.contracts.access_rows import NO_GET, NO_POST, RELATIONS, Case, Row, make_case
from tests.contracts.access_table import (
    LIBRARY_OPEN,
    LIBRARY_SIGNED_IN,
    TABLE,
)

pytestmark = pytest.mark.django_db


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Every name in the address book; an address without a name can't be declared, so it fails."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            found.add(pattern.name)
    return found


def test_every_address_declares_who_may_see_it() -> None:
    assert names(get_resolver().url_patterns) == set(TABLE) | LIBRARY_OPEN | LIBRARY_SIGNED_IN


def status(case: Case, relation: str, row: Row, name: str, method: str) -> int:
    """What this relation gets; whatever it changed is undone."""
    client = Client(raise_request_exception=False)
    if relation != "anonymous":
        client.force_login(case.person(relation))
    url = reverse(name, kwargs=row.kwargs(case))
    with transaction.atomic():
        response = (
            client.get(url) if method == "GET" else client.post(url, row.data(case, relation))
        )
        transaction.set_rollback(True)
    if response.status_code == 302 and "/account/login" in response["Location"]:
        return 401
    return int(response.status_code)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_relation_gets_what_was_declared(name: str) -> None:
    row = TABLE[name]
    case = make_case()
    found, declared = {}, {}
    for method, expected in (("GET", row.get), ("POST", row.post)):
        nobody_can = expected in (NO_GET, NO_POST)  # the method itself: the same for everybody
        for relation in ("student", "anonymous") if nobody_can else RELATIONS:
            got = status(case, relation, row, name, method)
            wanted = expected.of(relation)
            fine = wanted == "done" and got in {200, 302, 303, 400, 409, 422}
            found[method, relation] = "done" if fine else got
            declared[method, relation] = wanted
    assert {k: v for k, v in found.items() if v != declared[k]} == {
        k: v for k, v in declared.items() if v != found[k]
    }


@pytest.mark.parametrize("name", sorted(LIBRARY_SIGNED_IN))
def test_pages_about_ones_account_ask_to_sign_in(name: str) -> None:
    key = {"pk": 1} if name in {"mfa_remove_webauthn", "mfa_edit_webauthn"} else {}
    response = Client().get(reverse(name, kwargs=key))
    assert response.status_code == 302
    assert "/account/login" in response["Location"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing_anywhere(method: str) -> None:
    case = make_case()
    answered = {}
    for relation in ("student", "programme_coordinator", "anonymous"):
        client = Client(raise_request_exception=False)
        if relation != "anonymous":
            client.force_login(case.person(relation))
        for name, row in TABLE.items():
            answer = getattr(client, method)(reverse(name, kwargs=row.kwargs(case)))
            if answer.status_code not in {302, 403, 404, 405}:
                answered[relation, name] = answer.status_code
    assert answered == {}
