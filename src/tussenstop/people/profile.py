"""One's own account: what a person may change about themselves."""

from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.models import Person


def change_profile(*, by: By, name: str, phone: str, language: str) -> None:
    """Change one's own name, telephone and language."""
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Write the name by which people know you."), field="name")
    Person.objects.filter(pk=by.person.pk).update(name=name, phone=phone.strip(), language=language)


def change_language(*, by: By, language: str) -> None:
    Person.objects.filter(pk=by.person.pk).update(language=language)
