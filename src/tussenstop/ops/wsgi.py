"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application


def settle() -> None:
    """Leave what was loaded at the start out of garbage collection: walking through all of it
    again and again would make now and then a page wait for a tenth of a second."""
    gc.collect()
    gc.freeze()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tussenstop.settings")
application = get_wsgi_application()
settle()
