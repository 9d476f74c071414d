"""The message catalogues of the interface: compiled by Babel, so that no machine needs gettext to run the site."""

import os
import tempfile
from pathlib import Path

from config.refusal import Refusal


def compile_stale(folder: Path) -> list[Path]:
    """Compile the catalogues that changed since they were compiled; return their paths."""
    return [_compile(catalogue) for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(catalogue)]


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < catalogue.stat().st_mtime_ns


def _compile(catalogue: Path) -> Path:
    """Write the ``.mo`` in one move: another process may be reading it."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  # only when there is something to compile
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with catalogue.open("rb") as source:
        messages = read_po(source, locale=catalogue.parts[-3], ignore_obsolete=True)
    try:
        handle, name = tempfile.mkstemp(dir=catalogue.parent, suffix=".new")
    except OSError as error:
        raise Refusal(f"The folder {catalogue.parent} cannot be written to ({error.strerror}).") from error
    with open(handle, "wb") as target:
        write_mo(target, messages)
    os.chmod(name, 0o644)
    Path(name).replace(catalogue.with_suffix(".mo"))
    return catalogue
