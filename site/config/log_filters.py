"""Keeps what people search for out of the logs and out of pages that report an error."""

import logging
import re
from typing import Any

from django.views.debug import SafeExceptionReporterFilter

QUERY = re.compile(r"(/[^\s?\"]*)\?[^\s\"]*")
# Somebody's own calendar, see news/urls.py, and the links in letters about the directory, invitations, passwords.
LETTERS = "toujours-a-jour|klopt-nog|espace/invitation|ruimte/uitnodiging|password/reset/key|confirm-email"
PRIVATE = re.compile(rf"(/(?:private|{LETTERS})/)[^\s/\"]+")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def cleaned(text: str) -> str:
    """Without queries, private keys in addresses, and e-mail addresses."""
    return EMAIL.sub("…", PRIVATE.sub(r"\1…", QUERY.sub(r"\1", text)))


class WithoutQueries(logging.Filter):
    """Cuts from every address the query, which may hold what somebody needs help with, and what names people."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, shortened."""
        record.msg = cleaned(record.getMessage())
        record.args = ()
        return True


class DiscreetReporterFilter(SafeExceptionReporterFilter):
    """Hides what a view declares sensitive on Django's own page for developers too."""

    def is_active(self, request: Any) -> bool:
        """Always, not only in production."""
        return True
