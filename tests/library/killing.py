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
settings.DEBUG = False  # errors are answered as visitors see them
if port := os.environ.get("SMTP_PORT"):
    settings.EMAIL_BACKEND = "members.smtp.PatientBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)

from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from granian.constants import Interfaces  # noqa: E402
from granian.log import LogLevels  # noqa: E402
from granian.server import Server  # noqa: E402

from config.refusal import Refusal  # noqa: E402

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


def write(number: str) -> None:
    """Hand in one file after the other and take every third away again, as people and ``library_tidy`` do."""
    from library.keeping.tidying import delete_if_unused  # noqa: PLC0415
    from library.models import Tool  # noqa: PLC0415
    from tests.factories.library import PDF, ToolFactory, with_file  # noqa: PLC0415

    first = Tool.objects.earliest("pk")
    start = Tool.objects.latest("pk").pk
    for count in range(start, start + int(number)):
        tool = ToolFactory(slug=f"outil-ecrit-{count}", type=first.type, association=first.association)
        stored = with_file(tool, content=PDF + f"{count} ".encode() * (1 + count % 7) * 500).stored_file
        if count % 3 == 0:
            tool.delete()
            delete_if_unused(stored.pk, timezone.now())


def pages() -> None:
    """Make the public pages that take what visitors write."""
    from tests.factories.home import ContactPageFactory, in_both, make_homes  # noqa: PLC0415
    from tests.factories.members import NeedFactory  # noqa: PLC0415

    in_both(ContactPageFactory, make_homes(), fr="contact", nl="contact")
    NeedFactory(label_fr="Je suis tombé dans l'escalier", label_nl="Ik ben van de trap gevallen")
    for words in ("papiers de séjour", "apprendre le français", "trouver un logement"):
        NeedFactory(label_fr=words, label_nl=f"{words} (nl)")


OWN = {"web": web, "worker": worker, "prepare": prepare, "write": write, "pages": pages}


def main() -> None:
    get_resolver().url_patterns  # noqa: B018  # loads every view
    connections.close_all()
    for line in sys.stdin:
        name, *arguments = line.split()
        child = os.fork()
        if child == 0:
            os.setsid()
            try:
                OWN[name](*arguments) if name in OWN else call_command(name, *arguments)
            except Refusal as refusal:
                print(f"refused: {refusal}")
            connections.close_all()
            sys.stdout.flush()
            os._exit(0)
        print(child, flush=True)
        if name not in ("web", "worker"):
            os.waitpid(child, 0)
            print("done", flush=True)


if __name__ == "__main__":
    main()
