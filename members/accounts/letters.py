"""Letters about accounts."""

from members.letters import Letter, send_letter
from members.models import User

MOVES_IN = Letter("emails/transfer_subject.txt", "emails/transfer.txt")
ASKS_TO_LEAVE = Letter("emails/deletion_asked_subject.txt", "emails/deletion_asked.txt")

NEW_ADDRESS = Letter("emails/new_address_subject.txt", "emails/new_address.txt")


def tell_new_address(*, person: User, before: str) -> None:
    """Tell somebody, at the former address and at the new one, that an administrator changed it."""
    context = {"person": person, "before": before}
    send_letter(NEW_ADDRESS, person.language, [before, person.email], context, is_notice=True)


def administrators() -> list[str]:
    """The addresses of the administrators."""
    return list(User.objects.active().filter(is_superuser=True).order_by("email").values_list("email", flat=True))
