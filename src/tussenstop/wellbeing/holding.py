"""Who writes about one person's wellbeing, holds that person first: so that nothing is written while
they withdraw, and survives it."""

from tussenstop.people.models import Person


def hold(person: Person) -> None:
    """Until the end of the transaction."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
