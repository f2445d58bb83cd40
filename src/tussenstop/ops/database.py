"""Bringing the database up to date, only when it isn't."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare(*, verbosity: int = 0) -> None:
    """Apply the migrations that wait, and let the embedded database plan its reads well."""
    executor = MigrationExecutor(connection)
    if verbosity or executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=verbosity, interactive=False)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
