"""Queries that found nothing, kept for editors without what could identify anybody."""

from members.finder.result import FinderResult


def keep_unanswered(text: str, language: str, result: FinderResult) -> None:
    """Keep it."""
