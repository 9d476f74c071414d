"""Writes the log."""

from typing import Any

from members.enums import AuditAction
from members.models import AuditEntry

LONGEST = 200  # characters of a detail


def record(action: AuditAction, *, by: Any, detail: str = "", **about: Any) -> None:
    """Note once what somebody did; ``about``: person, invitation, association. No ``by``: the site itself."""
    AuditEntry.objects.create(action=action, by=by, detail=detail[:LONGEST], **about)
