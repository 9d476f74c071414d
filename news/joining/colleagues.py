"""Whom a coordinator means: colleagues of the directory by name, everybody by the exact address."""

from django.db.models import QuerySet

from members.finder.words import words
from members.models import User

MOST = 8  # people among whom one chooses; more are too many to read


def colleagues_meant(text: str) -> QuerySet[User]:
    """The people whose names have every word, or their beginnings; with an @ whoever signs in with that address.

    Who is not in the directory is found by the whole address only, which one must know.
    """
    people: QuerySet[User] = User.objects.active().for_directory().by_name()
    if "\0" in text:  # which the database cannot be asked for
        return people.none()
    if "@" in text:
        return people.filter(email__iexact=text.strip())
    asked = words(text)
    if not asked:
        return people.none()
    names = User.objects.listed().values_list("pk", "first_name", "last_name")
    return people.filter(pk__in=[pk for pk, first, last in names if _fits(asked, words(f"{first} {last}"))])


def _fits(asked: list[str], name: list[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in asked)
