"""What an editor changes takes effect with the next question in every other process."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.factories.members import NeedFactory

ASKER = """
import sys
import django
from django.conf import settings
settings.FINDER_ENCODER = ""
settings.DATABASES["default"].update(NAME=sys.argv[1])
django.setup()
from members.finder.search import search
for line in sys.stdin:
    found = search(line.strip())
    print(",".join(str(match.need) for match in found.matches) or "nothing", flush=True)
"""


@pytest.fixture
def other_process(transactional_db: None) -> Iterator[subprocess.Popen]:
    """A process of its own that answers a question a line."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", ASKER, connection.settings_dict["NAME"]]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment, **pipes) as process:
        yield process
        process.stdin.close()
        process.wait(timeout=30)


def ask(process: subprocess.Popen, text: str) -> str:
    process.stdin.write(f"{text}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def test_another_process_sees_the_change_too(other_process: subprocess.Popen) -> None:
    need = NeedFactory(label_fr="Loyer", label_nl="Huur")
    assert ask(other_process, "trottinette") == "nothing"

    need.synonyms_fr = ["trottinette"]
    need.save()
    assert ask(other_process, "trottinette") == str(need.pk)

    need.unpublish()
    assert ask(other_process, "trottinette") == "nothing"
