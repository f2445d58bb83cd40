"""Who gets what at the addresses of dates for many conversations: everybody their own."""

from typing import Any

from tests.contracts.access_rows import NO_GET, SIGNED_IN, SIGNED_IN_POST, Case, Row, doing, only
from tests.series.asking import searched
from tussenstop.series.models import Series, Talk


def of_the_teacher(case: Case) -> dict[str, Any]:
    made = Series.objects.filter(person=case.world.teacher).first()
    return {"series_id": (made or searched(case.world, case.world.teacher, kind="interim")).pk}


def a_talk(_case: Case, _relation: str) -> dict[str, Any]:
    return {"talk": [str(Talk.objects.earliest("pk").pk)]}


SERIES: dict[str, Row] = {
    "series_list": Row(SIGNED_IN),
    "series_new": Row(SIGNED_IN, SIGNED_IN_POST),
    "series": Row(only("teacher"), kwargs=of_the_teacher),
    "series_propose": Row(NO_GET, doing("teacher"), kwargs=of_the_teacher, data=a_talk),
}
