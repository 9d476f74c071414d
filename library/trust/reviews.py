"""Asking whether a tool is still right, and what the contact answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from library.letters import REVIEW
from library.models import Tool
from members.letters import delegates_of, editors, send_letter
from members.models import User

SALT = "library.review"
VALID_FOR = 120 * 24 * 3600  # seconds
ANSWERS = ("right", "work")  # still right; needs work


@dataclass(frozen=True)
class Review:
    """What a link of the letter stands for: a tool and the review that it is about."""

    tool: Tool
    due_on: date

    @property
    def is_open(self) -> bool:
        """Tell whether nobody moved the review on yet."""
        return self.tool.review_on == self.due_on


def sign(tool: Tool, receiver: User | None = None) -> str:
    """The part of a link that nobody else can make; it ends with the account of the person who got it."""
    due_on = tool.review_on.isoformat() if tool.review_on else ""
    return signing.dumps({"tool": tool.pk, "review": due_on, "to": receiver.pk if receiver else None}, salt=SALT)


def read(token: str) -> Review | None:
    """The review that a link stands for; None when it is wrong, too old, or its tool or its receiver is gone."""
    try:
        said = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    if said.get("to") and not User.objects.active().filter(pk=said["to"]).exists():
        return None
    tool = Tool.objects.filter(pk=said["tool"]).first()
    return Review(tool, date.fromisoformat(said["review"])) if tool else None


@transaction.atomic
def ask_for_review(*, tool: Tool) -> list[str]:
    """Write once to who looks after a tool that its review is due; gives whom it wrote to."""
    known = Tool.objects.select_for_update(of=("self",)).select_related("association", "contact").get(pk=tool.pk)
    if known.review_on is None or known.review_asked_for == known.review_on:
        return []
    Tool.objects.filter(pk=known.pk).update(review_asked_for=known.review_on)
    recipients = _keepers(known)
    for address in recipients:
        send_letter(REVIEW, known.language, [address], {"tool": known, "links": _links(known, address)})
    return recipients


def _keepers(tool: Tool) -> list[str]:
    """The contact, else the delegates of the association, else the editors."""
    contact = tool.contact
    if contact and contact.is_active and tool.is_visible_to(contact):
        return [contact.email]
    return delegates_of(tool.association) or editors()


def _links(tool: Tool, address: str) -> dict[str, str]:
    token = sign(tool, User.objects.filter(email=address).first())
    with override(tool.language):
        return {answer: reverse("library:review", args=[token, answer]) for answer in ANSWERS}


@transaction.atomic
def answer_review(*, review: Review, answer: str) -> None:
    """Note once that a tool is still right, for another year, or that it needs work; said again it changes nothing."""
    tool = Tool.objects.select_for_update(of=("self",)).get(pk=review.tool.pk)
    if tool.review_on != review.due_on:
        return
    today = timezone.localdate()
    changes: dict[str, Any] = {"review_on": in_a_year(today), "needs_work_since": None}
    if answer == "work":
        changes = {"needs_work_since": tool.needs_work_since or today}
    Tool.objects.filter(pk=tool.pk).update(**changes)


def in_a_year(day: date) -> date:
    """The same day next year; of 29 February, the last of the month."""
    return (
        day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
    )
