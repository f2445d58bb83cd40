"""The worker for background jobs and the work of the day; ends with the server that started it."""

import os
import threading
import time

from tussenstop.ops.startup import start_django

EVERY = 600  # seconds between two looks at the work of the day


def end_with(parent: int) -> None:
    """Leave when the server is gone, also when it was killed and could not say so."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(0)


def by_itself() -> None:
    """Every ten minutes: the work of the day if it is not done yet, and what is done often."""
    from django.db import close_old_connections, connection

    from tussenstop.core import clock, daily, often

    while True:
        close_old_connections()
        daily.tick(clock.now())
        often.tick(clock.now())
        connection.close()
        time.sleep(EVERY)


def main() -> None:
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    start_django()
    from django.core.management import call_command

    threading.Thread(target=by_itself, daemon=True).start()

    call_command("db_worker", queue_name="*", interval=1, verbosity=0, reload=False)


if __name__ == "__main__":
    main()
