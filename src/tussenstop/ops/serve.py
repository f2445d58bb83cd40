"""Serving: everything prepared, one web server, one worker for background jobs."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tussenstop.ops.startup import FINE, CannotGoOn, progress, start_django

BLOCKING_THREADS = 4


def check_port(address: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise CannotGoOn(
                f"Port {port} is taken, or may not be used here. Choose another: "
                f"make run PORT={port + 123}"
            ) from error


def collect_static() -> None:
    """Gather the static files when they changed since the last start."""
    from django.conf import settings
    from django.core.management import call_command

    source = Path(__file__).resolve().parents[1] / "web/static"
    seen = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file():
            seen.update(f"{path.relative_to(source)} {path.stat().st_size}".encode())
            seen.update(path.read_bytes())
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(seen.hexdigest())


def prepare_demo() -> None:
    from tussenstop.ops.demo import build, is_built, people

    if not is_built():
        print("Building the demo partnership…", flush=True)
        build(progress("Demo partnership"))
    print("\nSign in as one of the demo people:")
    for name, role, email in people():
        print(f"  {name:24} {role:28} {email}")


def serve(*, port: int, address: str, worker: bool) -> int:
    """Run until Ctrl-C. Raises CannotGoOn for what a person can mend."""
    check_port(address, port)
    os.environ.setdefault("TUSSENSTOP_BASE_URL", f"http://{address}:{port}")
    from tussenstop.ops import translations

    translations.compile_catalogues()
    start_django()
    from django.conf import settings
    from django.db import connections
    from django.db.utils import OperationalError
    from granian.constants import Interfaces
    from granian.server import Server

    from tussenstop.ops import database

    try:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        database.prepare()
        collect_static()
    except (OSError, OperationalError) as error:
        raise CannotGoOn(
            f"Can't write in the data folder {settings.DATA_DIR} ({error}). "
            "Set TUSSENSTOP_DATA_DIR to a folder that you may write to."
        ) from error
    if settings.DEMO:
        prepare_demo()
    connections.close_all()
    jobs = start_worker() if worker else None
    print(f"\nTussenstop is open at {settings.BASE_URL} (stop with Ctrl-C)", flush=True)
    # The server answers these itself; the worker stops with it, below.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        Server(
            "tussenstop.ops.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=BLOCKING_THREADS,
            log_enabled=False,
        ).serve()
    except KeyboardInterrupt:
        pass
    finally:
        if jobs is not None:
            jobs.terminate()
            jobs.wait(timeout=20)
    return FINE


def start_worker() -> "subprocess.Popen[bytes]":
    """The worker for background jobs, apart from the keyboard: it stops when we say so."""
    return subprocess.Popen(
        [sys.executable, "-m", "tussenstop.ops.worker"],
        start_new_session=True,
        env={
            **os.environ,
            "TUSSENSTOP_LOG_LEVEL": os.environ.get("TUSSENSTOP_LOG_LEVEL", "WARNING"),
        },
    )
