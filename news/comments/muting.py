"""Wanting no letters about one conversation: by a button on its page, or by a link in a letter, without sign-in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from home.still_right import Choice, Question
from home.trail import Step
from members.models import User
from members.tasks import take_back_about
from news.comments import subjects
from news.models import MutedThread

SALT = "news.comments.stop"


def mute(*, article_key: UUID, person: Any) -> None:
    """No letters about this conversation any more, nor those that still wait; said again it changes nothing."""
    MutedThread.objects.get_or_create(article_key=article_key, person=person)
    take_back_about(subjects.of_thread(article_key), person)


def unmute(*, article_key: UUID, person: Any) -> None:
    """Letters about this conversation again."""
    MutedThread.objects.filter(article_key=article_key, person=person).delete()


def is_muted(*, article_key: UUID, person: Any) -> bool:
    """Tell whether the person wants no letters about it."""
    return MutedThread.objects.filter(article_key=article_key, person=person).exists()


@dataclass(frozen=True)
class Stop:
    """What a link in a letter stands for: a person, and the conversation about an article."""

    person: User
    article_key: UUID

    @property
    def is_open(self) -> bool:
        """Tell whether the person still gets these letters."""
        return not is_muted(article_key=self.article_key, person=self.person)


def stop_address(person: User, article_key: UUID) -> str:
    """The whole address; it has no end, for a letter may be found again after years."""
    token = Signer(salt=SALT).sign_object([person.pk, article_key.hex])
    with override(person.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("news:stop_conversation", args=[token])


def read(token: str) -> Stop | None:
    """What a link stands for; None when somebody made it up, or the account is closed."""
    try:
        pk, key = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    person = User.objects.active().filter(pk=pk).first()
    return Stop(person, UUID(key)) if person else None


def stop(*, review: Stop, answer: str) -> None:
    """Stop the letters; stopped twice is stopped."""
    mute(article_key=review.article_key, person=review.person)


STOP = Question(
    title=_("Letters about a conversation"),
    choices={
        "stop": Choice(
            question=_("No more letters about this conversation?"),
            button=_("Yes, stop these letters"),
            afterwards=_("Nobody learns of it. On the page of the article you can get these letters again."),
        )
    },
    read=read,
    answer=stop,
    elsewhere=Step(_("My letters"), reverse_lazy("news:my_letters")),
)
