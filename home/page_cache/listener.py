"""Hears from the database when something public has changed."""

import logging
import os
from threading import Thread
from time import sleep

import psycopg
from django.db import connection

from home.database.patience import PatientConnection
from home.page_cache.memory import Memory
from home.page_cache.triggers import CHANNEL

logger = logging.getLogger(__name__)
NAME = "otonom page cache"  # as PostgreSQL shows the connection
HEARTBEAT = 5  # seconds without a word after which we ask whether the connection is still alive
PAUSE = 1  # seconds between two tries to connect
# A cable that is cut says nothing: the system gives the connection up after so many milliseconds without an answer.
PATIENCE = 5000


class Listener(Thread):
    """Listens on a connection of its own, for as long as the process lives.

    PostgreSQL tells of a change once others can read it, and tells everybody who listened before. So the memory
    may answer for itself from the moment that this listens and has forgotten what came before, until the connection
    breaks.
    """

    def __init__(self, memory: Memory) -> None:
        super().__init__(name=NAME, daemon=True)
        self._memory = memory

    def run(self) -> None:
        """Listen; connect again whenever that ends."""
        while True:
            try:
                self._listen()
            except psycopg.Error as error:
                logger.warning("The page cache waits for the database: %s", type(error).__name__)
            finally:
                self._memory.is_told = False
            sleep(PAUSE)

    def _listen(self) -> None:
        own = {"application_name": f"{NAME} {os.getpid()}", "autocommit": True, "tcp_user_timeout": PATIENCE}
        parameters = {"connect_timeout": PATIENCE // 1000} | connection.get_connection_params() | own
        with PatientConnection.connect(**parameters) as database:
            database.execute(f"LISTEN {CHANNEL}")
            self._memory.forget()
            self._memory.is_told = True
            while True:
                if list(database.notifies(timeout=HEARTBEAT, stop_after=1)):
                    self._memory.forget()
                else:
                    database.execute("SELECT 1")
