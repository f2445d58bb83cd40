"""People become known: an e-mail address and a name are enough."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from tussenstop.core import audit
from tussenstop.people.models import Person


def find_person(email: str) -> Person | None:
    """Whose address this is, whatever the case of its letters; a second address that somebody
    proved to be theirs counts too."""
    email = email.strip().lower()
    if found := Person.objects.alias(lowered=Lower("email")).filter(lowered=email).first():
        return found
    proven = EmailAddress.objects.filter(email=email, verified=True).values("user_id")
    return Person.objects.filter(pk__in=proven).first()


def find_or_create_person(*, email: str, name: str, language: str, now: datetime) -> Person:
    """The person with this address, made known when new. Somebody known keeps the name and the
    language they chose. Two who do this at the same moment get the same person. A code sent to
    the address signs them in: nothing else has to be made."""
    if found := find_person(email):
        return found
    known = {code for code, _name in settings.LANGUAGES}
    person = Person(
        email=email.strip().lower(),
        name=" ".join(name.split()),
        language=language if language in known else settings.LANGUAGE_CODE,
        created_at=now,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        if found := find_person(email):
            return found
        raise
    audit.record(
        "person.known", actor=audit.SYSTEM, now=now, subject_id=person.pk, name=person.name
    )
    return person
