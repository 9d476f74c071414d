"""Which errors mean that the site cannot read or save for the moment, whoever asks and whatever they ask."""

import errno
from collections.abc import Iterator
from enum import Enum

import psycopg
from django.db import InterfaceError, OperationalError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # the last: what systemd lets the process write at most
LONGEST_CHAIN = 20  # errors that led to one another; a circle has no end


class Outage(Enum):
    """What keeps the site from its work; the value is how many seconds a program should wait before it asks again."""

    AWAY = 30
    READ_ONLY = 300
    FULL = 600


def outage_of(error: BaseException | None) -> Outage | None:
    """What this error, or one that led to it, says about the site as a whole; None for an error of our own making.

    A deadlock or a query that took too long is an ``OperationalError`` too: there as well, a second try is the answer.
    """
    found = [kind for one in _chain(error) if (kind := _kind(one))]
    return max(found, key=lambda kind: kind.value, default=None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _number in range(LONGEST_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _kind(error: BaseException) -> Outage | None:
    if isinstance(error, psycopg.errors.DiskFull) or (isinstance(error, OSError) and error.errno in NO_ROOM):
        return Outage.FULL
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return Outage.READ_ONLY
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        return Outage.READ_ONLY
    return Outage.AWAY if isinstance(error, (OperationalError, InterfaceError)) else None
