#!/usr/bin/env python
"""Django's command line for the site."""

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run one management command with the development settings unless told otherwise."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if sys.argv[1:2] == ["demo"]:
        os.environ["DEBUG"] = "0"  # the demo shows what visitors will see
        for end in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(end, lambda number, _frame: sys.exit(128 + number))  # leave in good order
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        from config.refusal import Refusal  # noqa: PLC0415
    except ImportError as error:
        sys.exit(f"{error.name} is missing: run “make demo”, or use the Python of the folder .venv.")
    try:
        execute_from_command_line(sys.argv)
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
