"""The worker for background jobs; ends with the server that started it."""

import os
import threading
import time

from tussenstop.ops.startup import start_django


def end_with(parent: int) -> None:
    """Leave when the server is gone, also when it was killed and could not say so."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(0)


def main() -> None:
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    start_django()
    from django.core.management import call_command

    call_command("db_worker", queue_name="*", interval=1, verbosity=0, reload=False)


if __name__ == "__main__":
    main()
