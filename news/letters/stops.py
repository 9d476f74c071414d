"""The link in a letter that stops letters of its kind, or about one conversation: signed, for one person, without
signing in.

Mail programs that know RFC 8058 show it as a button; they send a POST, which stops the letters at once. Whoever
follows the link is asked first, since some programs open links by themselves. It works as often and as long as one
likes.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.letter_question import Choice, Question
from home.trail import Step
from members.models import User
from members.tasks import take_back_about
from news.comments.muting import is_muted, mute
from news.letters import subjects
from news.letters.choices import choice_of
from news.models import LetterChoice

SALT = "news.letters.stop"


@dataclass(frozen=True)
class Stop:
    """What a link stands for: one person, and by their subject the letters that they want no more."""

    person: User
    subject: str  # a field of their choice of letters, or one conversation

    @property
    def thread(self) -> UUID | None:
        """The article about which the conversation is."""
        return subjects.thread_of(self.subject)

    @property
    def is_open(self) -> bool:
        """Tell whether the person still gets such letters."""
        if self.thread:
            return not is_muted(article_key=self.thread, person=self.person)
        return getattr(choice_of(self.person), self.subject)

    @property
    def said(self) -> Any:
        """What such letters are called."""
        return _("Letters about a conversation") if self.thread else _said_of(self.subject)


def _said_of(name: str) -> Any:
    field: Any = LetterChoice._meta.get_field(name)
    return field.verbose_name


def stop_url(person: User, subject: str) -> str:
    """The whole address, in the language of the person's letters; it has no end, for letters are kept for years."""
    token = Signer(salt=SALT).sign_object([person.pk, subject])
    name = "news:stop_conversation" if subjects.thread_of(subject) else "news:stop_letters"
    with override(person.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=[token])


def stop_headers(url: str) -> dict[str, str]:
    """The headers of a letter that can be stopped at an address with one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read(token: str) -> Stop | None:
    """What a link stands for; None where somebody made it up, or the account is closed and gets no letters."""
    try:
        pk, subject = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    person = User.objects.active().filter(pk=pk).first()
    return Stop(person, subject) if person else None


def stop(*, review: Stop, answer: str) -> None:
    """Stop them, also those that still wait; stopped twice is stopped."""
    if review.thread:
        mute(article_key=review.thread, person=review.person)
        return
    with transaction.atomic():
        LetterChoice.objects.update_or_create(person=review.person, defaults={review.subject: False})
        take_back_about(review.subject, people=[review.person])


STOP = Question(
    title=_("Fewer letters"),
    choices={
        "stop": Choice(
            question=_("No more letters of this kind?"),
            button=_("Send me no more"),
            afterwards=_(
                "Nobody learns of it. You can get them again at any time: under “My letters” in your profile, or on"
                " the page of the article."
            ),
        )
    },
    read=read,
    answer=stop,
    elsewhere=Step(_("My letters"), reverse_lazy("news:my_letters")),
    subject="news/letters/stop_subject.html",
)
