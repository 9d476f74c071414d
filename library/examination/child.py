"""The process that opens strange files: ``python -m library.examination.child``.

A line of JSON in, a line of JSON out, until its input ends. It has no database, no settings, no network where the
machine allows to take it away, and little memory and time; who started it ends it when it takes longer.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from library.examination import bounds, limits
from library.examination.fault import Unreadable


def main() -> None:
    """Answer what is asked; what the libraries print goes nowhere."""
    limits.confine()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        answers.write(json.dumps(_answer(json.loads(line))) + "\n")
        answers.flush()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return _work(asked["do"])(Path(asked["path"]), asked["suffix"], asked["soffice"])
    except Unreadable as error:
        return {"fault": error.fault}
    except MemoryError:
        return {"fault": "memory"}
    except Exception as error:  # whatever a library says of a file that it does not understand
        return {"fault": "damaged", "said": f"{type(error).__name__}: {error}"[:300]}


def _work(name: str) -> Callable[[Path, str, str], dict[str, Any]]:
    """What is asked for; the libraries are only loaded under their limits."""
    from library.examination import pictures, text  # noqa: PLC0415

    limits.allow_seconds(bounds.SECONDS_FOR_TEXT if name == "text" else bounds.SECONDS_FOR_PICTURES)
    return text.read if name == "text" else pictures.draw


if __name__ == "__main__":
    main()
