"""A new version says what it will do, and asks; ``tests/bench/bench_upgrade.py`` brings some under load."""

from tests.deploy.server import Server, running
from tests.deploy.versions import version


def test_it_says_what_it_will_do_and_does_nothing_before_one_says_yes(server: Server) -> None:
    known = running(server)
    version(server, 3)
    said = server.run("site/deploy/upgrade", "--no-backup")

    assert said.returncode == 1
    assert "Version 3" in said.stdout
    assert "ADD COLUMN version_3" in said.stdout or "_version" in said.stdout
    assert "Nothing was changed" in said.stderr
    assert running(server) == known
