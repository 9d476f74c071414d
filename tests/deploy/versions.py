"""Versions of the code to upgrade to: one that says its number, with a migration; and one that does not start."""

from tests.config.processes import ROOT
from tests.deploy.server import Server

WSGI = "site/config/wsgi.py"
STYLE = "site/static/css/base.css"  # a part of site.css, which every page has
SAID = '["ok", *remarks()]'  # what the watchdog is told
MIGRATION = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("home", "{before}")]
    operations = [migrations.RunSQL("ALTER TABLE home_contactmessage ADD COLUMN version_{number} text")]
"""


def version(server: Server, number: int) -> str:
    """A version that names itself to the watchdog, with a new style sheet and a new column."""
    last = max(path.stem for path in (server.source / "home/migrations").glob("0*.py"))
    (health,) = (path for path in (ROOT / "home/views").glob("*.py") if SAID in path.read_text())
    return server.commit(
        f"Version {number}",
        **{
            str(health.relative_to(ROOT)): health.read_text().replace(SAID, SAID.replace("ok", f"ok {number}")),
            STYLE: f"{(ROOT / STYLE).read_text()}\n.version-{number} {{ color: inherit; }}\n",
            f"home/migrations/{int(last[:4]) + 1:04}_version.py": MIGRATION.format(before=last, number=number),
            WSGI: (ROOT / WSGI).read_text(),
        },
    )


def broken_version(server: Server) -> str:
    """A version that does not start."""
    return server.commit("Broken", **{WSGI: 'raise RuntimeError("this version does not start")\n'})
