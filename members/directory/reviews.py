"""Asking people twice a year whether their entry in the directory is still right, and what they answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from members.directory.letters import REVIEW
from members.letters import send_in_both_languages
from members.models import User

SALT = "members.directory_review"
VALID_FOR = 182 * 24 * 3600  # seconds: until the next letter


@dataclass(frozen=True)
class Review:
    """What a link of the letter stands for: a person, and the day of the letter."""

    person: User
    asked_on: date

    @property
    def is_open(self) -> bool:
        """Tell whether the letter still waits for its answer."""
        person = self.person
        is_unanswered = person.details_asked_on == self.asked_on and person.details_confirmed_on < self.asked_on
        return is_unanswered and person.is_active and person.is_in_directory


def sign(review: Review) -> str:
    """The part of a link that nobody else can make."""
    return signing.dumps({"person": review.person.pk, "asked": review.asked_on.isoformat()}, salt=SALT)


def read(token: str) -> Review | None:
    """The letter that a link belongs to; None when it is wrong or too old, or the account is gone."""
    try:
        said = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    person = User.objects.active().filter(pk=said["person"]).first()
    return Review(person, date.fromisoformat(said["asked"])) if person else None


@transaction.atomic
def ask_for_review(*, person: User) -> bool:
    """Write once to somebody whose entry is due; tells whether a letter was written."""
    today = timezone.localdate()
    due = User.objects.due_for_directory_review(today).select_for_update(of=("self",))
    known = due.select_related("association", "job_function").filter(pk=person.pk).first()
    if known is None:
        return False
    known.details_asked_on = today
    known.save(update_fields=["details_asked_on"])
    send_in_both_languages(REVIEW, [known.email], {"person": known, "token": sign(Review(known, today))})
    return True


@transaction.atomic
def answer_review(*, review: Review, answer: str) -> None:
    """Note once that an entry is right, or take it out; said again it changes nothing."""
    person = User.objects.select_for_update().get(pk=review.person.pk)
    if not Review(person, review.asked_on).is_open:
        return
    changes: dict[str, Any] = {"details_confirmed_on": timezone.localdate()}
    if answer == "out":
        changes = {"is_in_directory": False}
    User.objects.filter(pk=person.pk).update(**changes)
