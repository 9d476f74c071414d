"""What must stand before the demo can serve: tables, content, accounts, static files; renewed after a change."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from config.accounts import create_demo_accounts
from config.demo import database

APPS = ("home", "members", "news", "library", "site/config")
LOCK = Path("site/requirements/production.txt")
Speaker = Callable[[str], object]


def prepare(password: str, say: Speaker) -> None:
    """Bring the database and the static files up to date."""
    content = _fingerprint(_content_files())
    accounts = hashlib.sha256(f"{content} {password}".encode()).hexdigest()
    known_content, known_accounts = database.prepared()
    if known_content != content:
        say("Making the tables.")
        call_command("migrate", verbosity=0)
        say("Loading the alliance's content.")
        call_command("seed", stdout=io.StringIO())
    if known_accounts != accounts:
        create_demo_accounts(password)
        database.remember(content, accounts)
    _collect(say)


def _collect(say: Speaker) -> None:
    fingerprint = _fingerprint(_static_files())
    mark = Path(settings.STATIC_ROOT) / "prepared.txt"
    if not mark.exists() or mark.read_text() != fingerprint:
        say("Compressing the static files.")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(fingerprint)


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(settings.BASE_DIR)}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _content_files() -> Iterator[Path]:
    """Find what decides about tables and content: migrations, seeds, the versions of the libraries."""
    yield settings.BASE_DIR / LOCK
    for app in APPS:
        folder = settings.BASE_DIR / app
        for file in folder.rglob("*"):
            inside = file.relative_to(folder)
            if file.is_file() and "__pycache__" not in inside.parts and _concerns_content(inside):
                yield file


def _concerns_content(file: Path) -> bool:
    return "migrations" in file.parts or any(part.startswith(("seed", "accounts")) for part in file.parts)


def _static_files() -> Iterator[Path]:
    yield settings.BASE_DIR / LOCK
    yield from (file for file in (settings.BASE_DIR / "site" / "static").rglob("*") if file.is_file())
