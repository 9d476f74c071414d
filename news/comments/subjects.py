"""By what letters about conversations are taken back while they wait."""

from uuid import UUID


def of_thread(article_key: UUID) -> str:
    """The conversation about an article."""
    return f"thread:{article_key.hex}"


def of_comment(pk: int) -> str:
    """One comment, which they quote."""
    return f"comment:{pk}"
