"""The command line of Tussenstop.

Exit codes: 0 fine; 1 refused or failed, with a sentence why; 2 wrong use; 3 `check` found
something unsafe. `bounces` answers a mail server in the codes of sysexits.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tussenstop.ops.startup import FINE, CannotGoOn, progress, start_django

FAILED, UNSAFE = 1, 3

EXAMPLES = """examples:
  tussenstop serve --port 8123
  tussenstop createadmin --email griet@example.org --name "Griet Vanhoutte"
  tussenstop verify-agreement startafspraak.pdf

Settings come from TUSSENSTOP_* environment variables; see docs/configuration.md."""


def serve(options: argparse.Namespace) -> int:
    from tussenstop.ops.serve import serve as run

    return run(port=options.port, address=options.address, worker=not options.no_worker)


def demo(options: argparse.Namespace) -> int:  # noqa: ARG001
    start_django()
    from tussenstop.ops import database
    from tussenstop.ops.demo import build, is_built

    database.prepare()
    if is_built():
        print("The demo partnership is there already.")
        return FINE
    build(progress("Demo partnership"))
    print("The demo partnership is ready. Start with TUSSENSTOP_DEMO=1 to sign in as its people.")
    return FINE


def migrate(options: argparse.Namespace) -> int:  # noqa: ARG001
    start_django()
    from tussenstop.ops import database

    database.prepare(verbosity=1)
    return FINE


def check(options: argparse.Namespace) -> int:  # noqa: ARG001
    start_django()
    from tussenstop.ops.safety import findings

    found = findings()
    for sentence in found:
        print(f"- {sentence}")
    if found:
        return UNSAFE
    print("Nothing unsafe found.")
    return FINE


def reseal(options: argparse.Namespace) -> int:  # noqa: ARG001
    start_django()
    from tussenstop.core import sealed

    done, lost = sealed.reseal()
    print(f"Sealed anew with the newest key: {done}.")
    if lost:
        raise CannotGoOn(f"{lost} values can't be opened with any key: keep the older secrets.")
    print("Nothing needs an older key: older secrets can go.")
    return FINE


def bounces(options: argparse.Namespace) -> int:
    from tussenstop.ops.bounces import take

    return take(sys.stdin.buffer, to=options.to)


def createadmin(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from tussenstop.core import clock
    from tussenstop.ops import database
    from tussenstop.people import actions

    try:
        validate_email(options.email)
    except ValidationError as error:
        raise CannotGoOn(f"{options.email} is not an e-mail address.") from error
    database.prepare()
    person = actions.create_administrator(
        email=options.email, name=options.name, language=options.language, now=clock.now()
    )
    print(f"{person.name} is administrator of the partnership.")
    print(f"Sign in at {settings.BASE_URL} with {person.email}; a code comes by e-mail.")
    return FINE


def change_address(options: argparse.Namespace) -> int:
    start_django()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from tussenstop.core import clock
    from tussenstop.core.errors import DomainError, NotFound
    from tussenstop.messages import addresses

    try:
        validate_email(options.to)
        person = addresses.put_right(email=options.email, to=options.to, now=clock.now())
    except ValidationError as error:
        raise CannotGoOn(f"{options.to} is not an e-mail address.") from error
    except NotFound as error:
        raise CannotGoOn(f"Nobody is known here as {options.email}.") from error
    except DomainError as refusal:
        raise CannotGoOn(str(refusal.text)) from refusal
    print(f"{person.name} signs in with {person.email} from now on, by a code that comes there.")
    print("They were signed out everywhere; a password and passkeys they had are gone.")
    return FINE


def import_content(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings

    from tussenstop.content import ContentError, install

    try:
        pack = install(options.folder, Path(settings.CONTENT_DIR))
    except ContentError as error:
        raise CannotGoOn(f"Nothing was imported: {error}") from error
    print(f"Imported. This content is now in use everywhere ({pack.digest[:12]}).")
    return FINE


def verify_agreement(options: argparse.Namespace) -> int:
    start_django()
    from django.utils import timezone

    from tussenstop.agreements import verify_queries

    path = Path(options.what)
    if path.is_file():
        found = verify_queries.verify_pdf(path.read_bytes())
    elif len("".join(options.what.split())) == 64:
        found = verify_queries.verify_digest(options.what)
    else:
        raise CannotGoOn(f"{options.what} is neither a file nor a digest of 64 characters.")
    if found is None:
        print("Not sealed here, or changed since.")
        return FAILED
    print(f"{found.title}")
    print(f"Sealed on {timezone.localtime(found.sealed_at):%d/%m/%Y %H:%M}; unchanged since.")
    print(f"Agreed by: {', '.join(found.parties)}")
    if found.succeeded:
        print("A newer agreement has succeeded this one.")
    return FINE


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="tussenstop",
        description="One learning route, travelled together.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    one = command("serve", serve, "Start the web server and the worker for background jobs.")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument(
        "--address", default="127.0.0.1", help="where to listen (default: %(default)s)"
    )
    one.add_argument("--no-worker", action="store_true", help="run background jobs elsewhere")
    command("demo", demo, "Build the demo partnership: the same invented people every time.")
    command("migrate", migrate, "Bring the database up to date.")
    command("check", check, "Say what is unsafe for production.")
    command("reseal", reseal, "Seal everything anew with the newest key.")
    one = command(
        "bounces", bounces, "Take one mail that came back, from standard input: for a mail server."
    )
    one.add_argument("--to", default="", metavar="ADDRESS", help="the address it was sent to")
    one = command("createadmin", createadmin, "Let the first administrator in.")
    one.add_argument("--email", required=True)
    one.add_argument("--name", required=True)
    one.add_argument("--language", choices=["nl", "en"], default="nl")
    one = command(
        "change-address",
        change_address,
        "Give somebody another e-mail address, when they can't get in to do so themselves.",
    )
    one.add_argument("--email", required=True, help="the address by which they are known")
    one.add_argument("--to", required=True, metavar="ADDRESS", help="the address of now")
    one = command("import-content", import_content, "Check a content pack and put it in use.")
    one.add_argument("folder", type=Path)
    one = command("verify-agreement", verify_agreement, "Check the PDF or digest of an agreement.")
    one.add_argument("what", metavar="PDF-OR-DIGEST")
    return top


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except CannotGoOn as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return FINE


if __name__ == "__main__":
    raise SystemExit(main())
