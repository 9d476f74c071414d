"""The link in a letter that stops letters of its kind: signed, for one person, without signing in.

Mail programs that know RFC 8058 show it as a button; they send a POST, which stops the letters at once. Whoever
follows the link is asked first, since some programs open links by themselves. It works as often and as long as one
likes.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.still_right import Choice, Question
from home.trail import Step
from members.models import User
from members.tasks import take_back_about
from news.letters.choices import choice_of
from news.models import LetterChoice

SALT = "news.letters.stop"


@dataclass(frozen=True)
class Stop:
    """What a link stands for: one person, and a field of their choice of letters."""

    person: User
    field: str

    @property
    def is_open(self) -> bool:
        """Tell whether the person still gets such letters."""
        return getattr(choice_of(self.person), self.field)

    @property
    def said(self) -> Any:
        """What such letters are called."""
        return getattr(LetterChoice, self.field).field.verbose_name


def stop_url(person: User, field: str) -> str:
    """The whole address, in the language of the person's letters."""
    token = Signer(salt=SALT).sign_object([person.pk, field])
    with override(person.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("news:stop_letters", args=[token])


def stop_headers(url: str) -> dict[str, str]:
    """The headers of a letter that can be stopped at an address with one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read(token: str) -> Stop | None:
    """What a link stands for; None where somebody made it up, or nobody is left."""
    try:
        pk, field = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    person = User.objects.filter(pk=pk, erased_at__isnull=True).first()
    return Stop(person, field) if person else None


def stop(*, review: Stop, answer: str) -> None:
    """Stop them, also those that still wait; stopped twice is stopped."""
    with transaction.atomic():
        LetterChoice.objects.update_or_create(person=review.person, defaults={review.field: False})
        take_back_about(review.field, review.person)


STOP = Question(
    title=_("Fewer letters"),
    choices={
        "stop": Choice(
            question=_("No more letters of this kind?"),
            button=_("Send me no more"),
            afterwards=_("You can get them again at any time: choose it under “My letters” in your profile."),
        )
    },
    read=read,
    answer=stop,
    elsewhere=Step(_("My letters"), reverse_lazy("news:my_letters")),
    subject="news/letters/stop_subject.html",
)
