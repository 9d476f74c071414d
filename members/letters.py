"""Letters to people, written from templates in one language or both, and sent outside the request."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from home.languages import LANGUAGES
from members.models import Association, User
from members.models.user import EDITORS_GROUP
from members.tasks import post, written

BETWEEN_LANGUAGES = "\n\n* * *\n\n"


@dataclass(frozen=True)
class Letter:
    """The two templates of a letter."""

    subject: str
    body: str

    def written(self, language: str, context: dict[str, Any]) -> tuple[str, str]:
        """Its subject, on one line, and its body in one language."""
        with override(language):
            context = {"site": settings.WAGTAILADMIN_BASE_URL, **context}
            subject = " ".join(render_to_string(self.subject, context).split())
            return subject, render_to_string(self.body, context)


INVITATION = Letter("emails/invitation_subject.txt", "emails/invitation.txt")


def of_invitation(pk: int) -> str:
    """By what letters about an invitation are found while they wait."""
    return f"invitation:{pk}"


def send_letter(
    letter: Letter,
    language: str,
    recipients: Iterable[str],
    context: dict[str, Any],
    headers: dict[str, str] | None = None,
    **fields: Any,
) -> None:
    """Send a letter in one language, once what it speaks of is in the database; ``fields`` are those of its row."""
    subject, body = letter.written(language, context)
    post([written(subject, body, recipient, headers, **fields) for recipient in recipients])


def send_in_both_languages(letter: Letter, recipients: Iterable[str], context: dict[str, Any], **fields: Any) -> None:
    """Send a letter to people whose language nobody noted: French and Dutch, one below the other."""
    both = [letter.written(language, context) for language in LANGUAGES]
    subject = " / ".join(dict.fromkeys(subject for subject, _body in both))
    body = BETWEEN_LANGUAGES.join(body.strip() for _subject, body in both) + "\n"
    post([written(subject, body, recipient, **fields) for recipient in recipients])


def send_to_each(letter: Letter, people: Iterable[User], context: dict[str, Any], **fields: Any) -> None:
    """Send a letter to people, to each in the language of their letters."""
    for person in people:
        send_letter(letter, person.language, [person.email], context, person=person, **fields)


def delegates_of(association: Association, besides: User | None = None) -> list[str]:
    """The addresses of an association's delegates, without that of somebody whom the letter is about."""
    return _addresses(User.objects.active().filter(association=association, is_delegate=True), besides)


def editors(besides: User | None = None) -> list[str]:
    """The addresses of the editors, without that of somebody; those of the alliance where there is no editor."""
    people = User.objects.active().filter(groups__name=EDITORS_GROUP)
    return _addresses(people, besides) or list(settings.CONTACT_RECIPIENTS)


def _addresses(people: Any, besides: User | None) -> list[str]:
    others = people.exclude(pk=besides.pk) if besides else people
    return list(others.order_by("email").values_list("email", flat=True))
