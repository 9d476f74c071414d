"""What the kernel checks for a watchdog: the database and its tables, the room on the disks."""

import os
import shutil
import tempfile

from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

LEAST_FREE = 2**30  # bytes; a day of files and pictures fits in
LEAST_SHARE = 0.05  # of the disk
_complete: set[str] = set()  # databases whose tables were found complete; code does not change under a process


def database_away() -> str:
    """Tell when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return ""


def tables_behind() -> str:
    """Tell when the tables are older than the code; once they are not, this process need not look again."""
    name = str(connection.settings_dict["NAME"])
    if name in _complete:
        return ""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return f"the tables are older than the code: {len(waiting)} migrations wait"
    _complete.add(name)
    return ""


def little_room() -> str:
    """Tell when a disk that the site writes to is nearly full."""
    usages = [shutil.disk_usage(path) for path in _folders()]
    low = [usage.free for usage in usages if usage.free < max(LEAST_FREE, usage.total * LEAST_SHARE)]
    return f"little room on a disk: {min(low) // 2**20} MB" if low else ""


def _folders() -> list[str]:
    """Where the site writes on this machine."""
    written = [settings.MEDIA_ROOT, getattr(storages["private"], "location", ""), tempfile.gettempdir()]
    return [str(path) for path in written if path and os.path.isdir(path)]
