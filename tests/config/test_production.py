"""Production: refuses to start without what it needs, and says all of it; otherwise safe by Django's own checks."""

import logging
import os
import re
import secrets
import subprocess
import sys
from itertools import product
from pathlib import Path

from django.urls import reverse
from django.utils.translation import override

from config.log_filters import WithoutQueries
from home.languages import LANGUAGES
from tests.config.processes import ROOT

SETTINGS = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "PATH": os.environ["PATH"]}
TOKEN = "AbC_-9:secret"
EXAMPLE = ROOT / "site" / "deploy" / "example.env"
NEEDED = [
    *("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "MEDIA_ROOT", "PRIVATE_ROOT"),
    *("DEFAULT_FROM_EMAIL", "CONTACT_RECIPIENTS", "EMAIL_URL", "SECURITY_CONTACT"),
]


def example() -> dict[str, str]:
    lines = [line.partition("=") for line in EXAMPLE.read_text().splitlines() if re.match(r"[A-Z]", line)]
    return {key: value.strip('"') for key, _equals, value in lines} | {"SECRET_KEY": secrets.token_urlsafe(60)}


def manage(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=SETTINGS | env, capture_output=True, text=True, check=False)


def test_every_missing_variable_is_named_at_once() -> None:
    result = manage("check")
    assert result.returncode == 1
    assert [name for name in NEEDED if f"  {name}: " not in result.stderr] == []
    assert "Traceback" not in result.stderr


def test_the_server_says_it_too() -> None:
    code = "import config.wsgi"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=SETTINGS, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "SECRET_KEY" in result.stderr
    assert "Traceback" not in result.stderr


def test_one_that_is_wrong_is_named_with_one_that_is_missing() -> None:
    env = example() | {"ALLOWED_HOSTS": "alliance.example,*", "SECRET_KEY": "short", "TRUSTED_PROXIES": "many"}
    del env["SITE_URL"]
    said = manage("check", **env).stderr
    wrong = ["ALLOWED_HOSTS", "SECRET_KEY", "SITE_URL", "TRUSTED_PROXIES"]
    assert re.findall(r"^  (\w+):", said, re.MULTILINE) == wrong


def test_nothing_switches_on_the_pages_for_developers() -> None:
    code = "from django.conf import settings; print(settings.DEBUG)"
    switched = {"DEBUG": "1", "DJANGO_DEBUG": "True"}
    assert manage("shell", "--no-imports", "-c", code, **example(), **switched).stdout.strip() == "False"


def test_several_processes_are_not_let_start_without_redis() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **example() | {"REDIS_URL": ""})
    assert result.returncode == 1
    assert "REDIS_URL is empty" in result.stderr


def test_the_example_passes_the_deployment_checks() -> None:
    result = manage("check", "--deploy", "--fail-level", "DEBUG", **example())
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues (0 silenced)" in result.stdout


def test_the_example_and_the_readme_name_every_variable() -> None:
    settings = (ROOT / "site/config/settings/production.py").read_text()
    read = set(re.findall(r'env\.\w+\("([A-Z_]+)"', settings)) | {
        f"OIDC_{name}" for name in ("NAME", "SERVER_URL", "CLIENT_ID", "SECRET")
    }
    assert set(NEEDED) <= read
    assert set(example()) == read | {"BACKUP_TARGET"}  # which site/deploy/start reads
    assert {name for name in read if f"`{name}`" not in Path(ROOT, "README.md").read_text()} == set()


def test_logs_do_not_tell_what_people_search_for() -> None:
    record = logging.LogRecord("x", 30, "", 0, '"GET %s HTTP/1.1" %s', ("/fr/trouver/?q=violence&x=1", 500), None)
    assert WithoutQueries().filter(record)
    assert record.getMessage() == '"GET /fr/trouver/ HTTP/1.1" 500'


def test_no_log_names_an_address_that_opens_something_by_itself() -> None:
    conf = (ROOT / "site" / "deploy" / "nginx.conf").read_text()
    kept = [re.compile(regex.replace("?<", "?P<")) for regex in re.findall(r"~(\S+)  \$before", conf)]
    named = [
        ("news:own_calendar", {"token": TOKEN}),
        ("news:stop_conversation", {"token": TOKEN}),
        ("members:directory_review", {"token": TOKEN, "answer": "right"}),
        ("members:accept_invitation", {"token": TOKEN}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": TOKEN}),
        ("account_confirm_email", {"key": TOKEN}),
    ]
    for language, (name, parts) in product(LANGUAGES, named):
        with override(language):
            address = reverse(name, kwargs=parts)
        assert any(regex.match(address) for regex in kept), address
        record = logging.LogRecord("x", logging.WARNING, "", 0, "Gone: %s", (address,), None)
        WithoutQueries().filter(record)
        assert TOKEN not in record.getMessage()
