"""How large groups are doing: mostly a page that says why it tells nothing."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.content import pack
from tussenstop.web.page import now_of, page, person_of
from tussenstop.web.partnership.views._common import to_institution
from tussenstop.wellbeing import aggregate


@require_safe
def groups(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Quarter by quarter; there is nothing to choose or to filter."""
    institution, told = aggregate.window(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    sentences = pack().check_in
    return page(
        request,
        "wellbeing/groups.html",
        {
            "institution": institution,
            "least": settings.WELLBEING_GROUP,
            "ten": range(5, 100, 10),
            "quarters": [
                (
                    one,
                    [
                        (name, [(item, tenths.get(key)) for key, item in sentences.items()])
                        for name, tenths in one.groups
                    ],
                )
                for one in told
            ],
            "crumbs": to_institution(institution),
        },
    )
