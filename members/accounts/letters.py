"""Letters about accounts."""

from members.letters import Letter
from members.models import User

MOVES_IN = Letter("emails/transfer_subject.txt", "emails/transfer.txt")
ASKS_TO_LEAVE = Letter("emails/deletion_asked_subject.txt", "emails/deletion_asked.txt")


def administrators() -> list[str]:
    """The addresses of the administrators."""
    return list(User.objects.active().filter(is_superuser=True).order_by("email").values_list("email", flat=True))
