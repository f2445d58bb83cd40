"""Reading what was written to oneself."""

from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tussenstop.core.errors import NotFound
from tussenstop.messages.models import Notice
from tussenstop.people.models import Person


def notices_of(person: Person) -> QuerySet[Notice]:
    """Everything that was written to somebody, newest first."""
    return Notice.objects.filter(person=person).order_by("-at", "-pk")


def unread_of(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at=None).count()


def get_notice(*, person: Person, notice_id: UUID) -> Notice:
    """One's own. Raises NotFound."""
    found = Notice.objects.filter(pk=notice_id, person=person).first()
    if found is None:
        raise NotFound
    return found


def person_with_unread(person_id: UUID) -> Person | None:
    """Somebody with how many notices they have not read (`unread`), in one read: what every page
    shows, without a question of its own."""
    unread = (
        Notice.objects.filter(person=OuterRef("pk"), read_at=None)
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        Person.objects.annotate(unread=Coalesce(Subquery(unread), 0, output_field=IntegerField()))
        .filter(pk=person_id)
        .first()
    )
