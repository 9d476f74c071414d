"""By what letters are taken back while they wait."""

from uuid import UUID

THREAD = "thread:"


def of_thread(article_key: UUID) -> str:
    """The conversation about an article."""
    return f"{THREAD}{article_key.hex}"


def thread_of(subject: str) -> UUID | None:
    """The article about which the conversation is; None for other subjects."""
    return UUID(subject.removeprefix(THREAD)) if subject.startswith(THREAD) else None


def of_comment(pk: int) -> str:
    """One comment, which they quote."""
    return f"comment:{pk}"


def of_meeting(pk: int) -> str:
    """One meeting, whose time they tell."""
    return f"meeting:{pk}"


def of_proposal(pk: int) -> str:
    """A request or an invitation to a group that waits for an answer."""
    return f"proposal:{pk}"


def of_group(pk: int) -> str:
    """What they tell only because somebody belongs to a group."""
    return f"group:{pk}"


def of_reading(pk: int) -> str:
    """What they tell to who may read a group; nobody else is to hear of it."""
    return f"reading:{pk}"


def of_membership(pk: int) -> str:
    """That somebody is in a group now, or is not."""
    return f"membership:{pk}"
