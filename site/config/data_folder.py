"""The folder that holds everything the demo and the tests make: the database, files, static files."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.refusal import Refusal

MARKER = "otonom-data.txt"  # says that the folder is ours


def claim(folder: Path) -> None:
    """Mark an empty or a new folder as ours; refuse one that holds something else."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / MARKER).exists():
        return
    if any(folder.iterdir()):
        raise Refusal(f"The folder {folder} holds something else: set OTONOM_DATA_DIR to an empty folder.")
    (folder / MARKER).write_text("Made by the site of Alliance Otonom for development and the demo; safe to delete.\n")


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Refusal(full(folder)) from error
        said = error.strerror or type(error).__name__
        raise Refusal(f"The data folder {folder} cannot be used ({said}): set OTONOM_DATA_DIR to another.") from error


def full(folder: Path) -> str:
    """Return what to say when there is no room left."""
    return f"The disk of the data folder {folder} is full: free some space, or set OTONOM_DATA_DIR to another folder."
