"""The database backend of production (``ENGINE``): Django's own, with connections that do not wait without end."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import IsolationLevel

from home.database.patience import LONGEST, LONGEST_FOR_NOTHING, PatientConnection


class DatabaseWrapper(base.DatabaseWrapper):
    """Makes its connections itself: neither Django's pools nor its levels of isolation are used here."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> PatientConnection:
        """Connect as Django does."""
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return PatientConnection.connect(**conn_params)

    def is_usable(self) -> bool:
        """Tell whether the connection still answers, which takes no time where it does."""
        self.connection.longest = LONGEST_FOR_NOTHING
        try:
            return super().is_usable()
        finally:
            if self.connection is not None:
                self.connection.longest = LONGEST
