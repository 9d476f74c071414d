"""One installed server for all tests of the deployment, with a colleague and a tool in it."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.deploy.server import NEEDED, Server, running_server
from tests.factories.people import PASSWORD

CONTENT = f"""
from tests.factories.home import make_homes
from tests.factories.library import ToolFactory
from tests.factories.people import UserFactory
from wagtail.models import Site
Site.objects.all().delete()
make_homes()
somebody = UserFactory(email="mira@example.org")
somebody.set_password("{PASSWORD}")
somebody.save()
ToolFactory(slug="note", association=somebody.association, contact=somebody)
"""


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[Server]:
    if missing := [program for program in NEEDED if not shutil.which(program)]:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"not on this machine: {', '.join(missing)}")
    with running_server() as made:
        made.manage("shell", "--verbosity", "0", "-c", CONTENT)
        yield made
