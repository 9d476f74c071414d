"""Loads the site once, and starts its web server, its worker and commands as processes that can be killed.

``python tests/library/killing.py``: reads ``web PORT``, ``worker``, ``prepare`` or the name of a command with its
arguments from its input, a line each, and prints the number of the process group that does it.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"

from django.conf import settings  # noqa: E402

settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": settings.TASK_QUEUES}}
settings.LIBRARY_SOFFICE = ""
if port := os.environ.get("SMTP_PORT"):
    settings.EMAIL_BACKEND = "members.smtp.PatientBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver, reverse  # noqa: E402
from granian.constants import Interfaces  # noqa: E402
from granian.log import LogLevels  # noqa: E402
from granian.server import Server  # noqa: E402

APPLICATION = get_wsgi_application()


def web(port: str) -> None:
    server = Server(
        "", address="127.0.0.1", port=int(port), interface=Interfaces.WSGI, log_level=LogLevels.critical, workers=1
    )
    server.serve(target_loader=lambda: APPLICATION, wrap_loader=False)


def worker() -> None:
    call_command("db_worker", queue_name="*", interval=0.05, startup_delay=False, reload=False)


def prepare() -> None:
    """Make a tool and somebody who may add versions to it; say how to be that person."""
    from tests.factories.library import ToolFactory  # noqa: PLC0415
    from tests.factories.people import UserFactory  # noqa: PLC0415

    user, client = UserFactory(), Client()
    tool = ToolFactory(association=user.association)
    client.force_login(user)
    addresses = {name: reverse(f"library:{name}") for name in ("upload", "drafts")}
    print(json.dumps({"session": client.cookies["sessionid"].value, "tool": tool.slug, **addresses}), flush=True)


OWN = {"web": web, "worker": worker, "prepare": prepare}


def main() -> None:
    get_resolver().url_patterns  # noqa: B018  # loads every view
    connections.close_all()
    for line in sys.stdin:
        name, *arguments = line.split()
        child = os.fork()
        if child == 0:
            os.setsid()
            OWN[name](*arguments) if name in OWN else call_command(name, *arguments)
            connections.close_all()
            sys.stdout.flush()
            os._exit(0)
        print(child, flush=True)
        if name not in ("web", "worker"):
            os.waitpid(child, 0)
            print("done", flush=True)


if __name__ == "__main__":
    main()
