"""Which letters about the working groups a person wants, and in which language all letters come."""

from typing import Any

from django.db import transaction

from members.models import User
from members.tasks import take_back_about
from news.models import LetterChoice


def choice_of(person: Any) -> LetterChoice:
    """What a person chose; who never chose gets every letter."""
    return LetterChoice.objects.filter(person=person).first() or LetterChoice(person=person)


@transaction.atomic
def choose(*, person: Any, language: str, **wanted: bool) -> None:
    """Note the language of somebody's letters and which ones they want; the others go no more, where they wait."""
    User.objects.filter(pk=person.pk).update(language=language)
    LetterChoice.objects.update_or_create(person=person, defaults=wanted)
    take_back_about(*(kind for kind, is_wanted in wanted.items() if not is_wanted), people=[person])
