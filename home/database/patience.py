"""How long a web process waits for the database before it says that it is away.

A database whose machine hangs or whose cable is cut says nothing at all; who waits for it holds one of the few threads
that also answer from memory. So a process gives up after some seconds, and then asks with one request at a time
whether the database is back, while all others hear at once that it is away. Commands and workers, which may take as
long as they need, never give up.
"""

import threading
import time
from typing import Any, TypeVar

from psycopg import Connection, Error, OperationalError
from psycopg.errors import ConnectionTimeout, _WaitTimeout

LONGEST = 10.0  # seconds for one statement; site/deploy/start lets PostgreSQL itself stop it a little earlier
LONGEST_FOR_NOTHING = 5.0  # seconds for a statement that has nothing to do
ASK_AGAIN = 2.0  # seconds
SILENT = "the database says nothing"

ResultT = TypeVar("ResultT")


class Patience:
    """Whether this process waits without end, and whether the database was silent when it was last asked."""

    def __init__(self) -> None:
        self.is_limited = False  # config/wsgi.py begins it
        self._is_silent = False
        self._asked_again_at = 0.0
        self._lock = threading.Lock()

    def check(self) -> None:
        """Let somebody ask the database; of a silent one, one at a time.

        Raises OperationalError where another thread is finding out, or has just found, that it is silent.
        """
        with self._lock:
            if not self._is_silent:
                return
            if time.monotonic() < self._asked_again_at:
                raise OperationalError(SILENT)
            self._asked_again_at = time.monotonic() + LONGEST + ASK_AGAIN

    def note(self, is_silent: bool) -> None:
        """What came of asking."""
        if is_silent or self._is_silent:
            with self._lock:
                self._is_silent = is_silent
                self._asked_again_at = time.monotonic() + ASK_AGAIN


patience = Patience()


class PatientConnection(Connection[Any]):
    """A connection that is closed when the database says nothing for too long."""

    longest = LONGEST

    @classmethod
    def connect(cls, conninfo: str = "", **parameters: Any) -> "PatientConnection":
        """Connect, unless it is known that nobody answers."""
        if patience.is_limited:
            patience.check()
        try:
            made = super().connect(conninfo, **parameters)
        except Error as error:  # whatever it says, it says something
            patience.note(is_silent=isinstance(error, ConnectionTimeout))
            raise
        patience.note(is_silent=False)
        return made

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for what a statement gives; see psycopg."""
        if not patience.is_limited or timeout is not None:
            return super().wait(gen, interval, timeout)
        patience.check()
        try:
            result = super().wait(gen, interval, self.longest)
        except _WaitTimeout as error:
            patience.note(is_silent=True)
            self.close()
            raise OperationalError(SILENT) from error
        except Error:
            patience.note(is_silent=False)
            raise
        patience.note(is_silent=False)
        return result
