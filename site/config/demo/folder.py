"""The demo's part of the data folder: who uses it, its password, and making it new."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import data_folder
from config.refusal import Refusal

NEEDED_SPACE = 300 * 1024 * 1024  # bytes: database, static files, and room to work
PASSWORD_BYTES = 9  # 12 letters


@contextmanager
def reserved(folder: Path) -> Iterator[None]:
    """Keep a second demo away from this folder; the kernel ends the reservation however this process ends."""
    data_folder.claim(folder)
    with (folder / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(f"A demo already runs on the folder {folder}: end it, or set OTONOM_DATA_DIR.") from error
        yield


def free_space(folder: Path) -> int:
    """Return what is left on the disk of a folder, in bytes."""
    return shutil.disk_usage(folder).free


def check_space(folder: Path) -> None:
    """Refuse to begin what the disk has no room for."""
    if (free := free_space(folder)) < NEEDED_SPACE:
        wanted, found = NEEDED_SPACE // 2**20, free // 2**20
        raise Refusal(f"The disk of the data folder {folder} has {found} MB left, and the demo needs {wanted} MB.")


def password(folder: Path) -> str:
    """Return DEMO_PASSWORD, or else the one that was drawn for this folder."""
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    file = folder / "demo-password.txt"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(PASSWORD_BYTES) + "\n")
    return file.read_text().strip()


def empty(folder: Path) -> None:
    """Delete the files of a demo; its database is emptied by the one who knows it."""
    for name in ("media", "private", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "demo-password.txt").unlink(missing_ok=True)
