"""Runs the whole site with its real content on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import accounts, data_folder
from config.demo import database, folder, preparation, server

READY = """
The site of Alliance Otonom is ready.

  French          {root}/fr/
  Dutch           {root}/nl/
  Member area     {root}/fr/espace/  and  {root}/nl/ruimte/
  Administration  {root}/admin/

Sign in at {root}/fr/compte/login/ with one of these addresses and the password {password}

{logins}

Mail that the site sends is printed here. Ctrl-C ends everything.
"""

ROLES = {
    "membre": "a worker of a member association",
    "coordination": "coordinator of a working group",
    "delegue": "delegate of an association",
    "editeur": "editor of the site",
    "admin": "administrator",
}


class Command(BaseCommand):
    """``manage.py demo``: prepare what is missing, then serve until Ctrl-C."""

    help = "Run the whole site with its real content. Reads PORT, DEMO_PASSWORD and OTONOM_DATA_DIR."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The demo can begin again from nothing."""
        parser.add_argument("--fresh", action="store_true", help="delete what the demo made before, then make it anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse early, prepare, serve."""
        port, data = server.port(), settings.DATA_DIR
        with data_folder.explained(data), database.explained(data), folder.reserved(data):
            folder.check_space(data)
            database.claim()
            if options["fresh"]:
                self._begin_again()
            password = folder.password(data)
            preparation.prepare(password, self._say)
            server.serve(port, lambda: self._say(self._addresses(port, password)))

    def _begin_again(self) -> None:
        database.empty()
        folder.empty(settings.DATA_DIR)

    def _addresses(self, port: int, password: str) -> str:
        logins = "\n".join(f"  {name + '@' + accounts.DOMAIN:<32}  {role}" for name, role in ROLES.items())
        return READY.format(root=f"http://{server.HOST}:{port}", password=password, logins=logins)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
