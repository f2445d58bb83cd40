"""Work on agreements that nobody waits for."""

import hashlib
from uuid import UUID

from django_tasks import task

from tussenstop.agreements.models import Seal
from tussenstop.agreements.pdf import render


@task()
def make_pdf(seal_id: str) -> None:
    """Make the PDF of a sealed agreement once; its bytes are kept, so that a copy can be checked."""
    seal = Seal.objects.select_related("revision__agreement").get(pk=UUID(seal_id))
    if seal.pdf is not None:
        return
    content = render(seal)
    Seal.objects.filter(pk=seal.pk, pdf=None).update(
        pdf=content, pdf_sha256=hashlib.sha256(content).hexdigest()
    )
