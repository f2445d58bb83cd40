"""A GET that writes is stopped."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.factories import OrganisationFactory
from tussenstop.core.readonly import ReadOnlyGetMiddleware, WriteInRead, writes_allowed
from tussenstop.people.models import Organisation

pytestmark = pytest.mark.django_db


def writes(request: HttpRequest) -> HttpResponse:
    OrganisationFactory()
    return HttpResponse()


def test_a_get_that_writes_fails_loudly() -> None:
    with pytest.raises(WriteInRead):
        ReadOnlyGetMiddleware(writes)(RequestFactory().get("/"))


def test_a_post_may_write() -> None:
    ReadOnlyGetMiddleware(writes)(RequestFactory().post("/"))
    assert Organisation.objects.count() == 1


def test_a_write_that_belongs_to_reading_is_allowed_by_name() -> None:
    def looks(request: HttpRequest) -> HttpResponse:
        with writes_allowed("who looked"):
            return writes(request)

    ReadOnlyGetMiddleware(looks)(RequestFactory().get("/"))
    assert Organisation.objects.count() == 1


def test_reading_in_a_get_is_fine() -> None:
    OrganisationFactory()

    def reads(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(Organisation.objects.count()))

    assert ReadOnlyGetMiddleware(reads)(RequestFactory().get("/")).content == b"1"
