"""One line of JSON for every line of the log, made of what may be told and of nothing else.

A ready-made formatter would add whatever a library attaches to a record, such as the request with its form. This one
takes what it knows: time, level, logger, message, number, method and route of the request, and of an error its kind
and where it came from. What an error says is left out, for it often repeats what somebody typed; see ``plain_words``.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any

from django.db import DatabaseError

from config.log_filters import cleaned
from home.watching.request import Asked, current_request

SPEAKING_OF_CODE = (AttributeError, NameError, ImportError)  # they name what is in the code


class JsonLine(logging.Formatter):
    """Formats a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        if asked := request_of(record):
            said |= {"request": asked.number, "method": asked.method, "route": asked.route}
        if record.exc_info and record.exc_info[1]:
            said["error"] = error_lines(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def request_of(record: logging.LogRecord) -> Asked | None:
    """The request that a record is about: the one that is being answered, or one that Django speaks of afterwards."""
    return current_request() or getattr(getattr(record, "request", None), "asked", None)


def message_of(record: logging.LogRecord) -> str:
    """What was logged; of Django's words about an answer only its status, for an address may hold anything."""
    if hasattr(record, "request") and hasattr(record, "status_code"):
        return f"{record.status_code} {HTTPStatus(record.status_code).phrase}"
    return cleaned(record.getMessage())


def error_lines(error: BaseException) -> str:
    """An error, and those that led to it, the first one first: kinds and places, without values."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.insert(0, following)
        hidden = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or hidden
    return "\n".join(_lines(one, one.__traceback__) for one in chain)


def _lines(error: BaseException, where: TracebackType | None) -> str:
    frames = "".join(traceback.format_list(traceback.extract_tb(where)))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    words = plain_words(error)
    return f"{frames}{kind}{': ' + words if words else ''}"


def plain_words(error: BaseException) -> str:
    """What may be told of what an error says: names of the code and of the database, and the system's own words."""
    if isinstance(error, SPEAKING_OF_CODE):
        return cleaned(str(error))
    if isinstance(error, DatabaseError):
        said = getattr(error.__cause__, "diag", None)
        parts = (getattr(said, name, None) for name in ("sqlstate", "table_name", "column_name", "constraint_name"))
        return " ".join(part for part in parts if part)
    return (error.strerror or "") if isinstance(error, OSError) else ""
