"""Work on files that nobody waits for at the screen."""

from uuid import UUID

import structlog
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from tussenstop.core import clock
from tussenstop.imports.models import Import
from tussenstop.imports.rules import ImportState
from tussenstop.imports.writing import give_back, write
from tussenstop.people.acting import By
from tussenstop.people.models import Person

log = structlog.get_logger()


@task()
def bring_in(import_id: str, person_id: str) -> None:
    """Bring in a file. Done once, also when the job arrives twice; when it fails nothing was
    written, that is told, and it can be asked again."""
    one = Import.objects.select_related("institution").get(pk=UUID(import_id))
    person = Person.objects.get(pk=UUID(person_id))
    if one.state != ImportState.BUSY:
        return
    try:
        write(one, by=By(person), now=clock.now())
    except Exception:
        log.exception("import failed", file=import_id)
        with translation.override(person.language):
            give_back(one, _("This did not work, through no fault of yours. Nothing was written."))
