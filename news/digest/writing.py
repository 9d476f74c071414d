"""Writes the digests of a week: one for each person who wants it and for whom something is new."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from home.languages import LANGUAGES
from members.letters import Letter
from members.models import User
from members.tasks import post, written
from news.digest.contents import GroupNews, News
from news.digest.readers import Readers
from news.letters.stops import stop_headers, stop_url
from news.letters.subjects import of_reading
from news.models import Digest, Seen

DIGEST = Letter("emails/digest_subject.txt", "emails/digest.txt")
MOST_TOLD = 30  # things in a letter; what is beyond waits for the next one, or is found on the site
NEWS_FOR = timedelta(days=3)  # later its meetings may be over, and the next digest is near
TURN = 5_310_000_117  # any number; whoever holds this lock of the database writes digests


@dataclass(frozen=True)
class Told:
    """What one person is told."""

    person: User
    groups: list[GroupNews]
    left_out: int

    @property
    def items(self) -> list[Any]:
        """Every article and meeting of the letter."""
        return [item for group in self.groups for item in group.items]


def monday(day: date) -> date:
    """The week of a day."""
    return day - timedelta(days=day.weekday())


def people_waiting(week: date) -> Any:
    """People whose account works, who want the digest and did not get that week's."""
    people = User.objects.active().exclude(letter_choice__gets_digest=False)
    return people.exclude(digests__week=week)


@transaction.atomic
def write_digests(people: Collection[int], week: date) -> int:
    """Write to those of these people who wait; gives how many letters.

    The letters, that they were written and what they told stand in one transaction: of a run that is killed nothing
    stays by halves, and a second one at the same time waits for its turn and finds nothing left to do.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    told = list(_told(people_waiting(week).filter(pk__in=people).order_by("pk")))
    if told:
        now = timezone.now()
        Digest.objects.bulk_create(Digest(person=one.person, week=week, written_at=now) for one in told)
        rows = (Seen(person=one.person, key=item.key, told_at=now) for one in told for item in one.items)
        Seen.objects.note(rows, "told_at")
        post([_letter(one) for one in told])
    return len(told)


def tell_anew(people: Collection[Any]) -> None:
    """Let the next run tell what this week's digest of these people told, for nobody got the letter."""
    for digest in Digest.objects.filter(person__in=people, week=monday(timezone.localdate())):
        told = Seen.objects.filter(person=digest.person_id, told_at=digest.written_at)
        told.read().update(told_at=None)
        told.delete()
        digest.delete()


def _told(people: Any) -> Iterator[Told]:
    news, people = News.now(), list(people)
    editions = {language: news.edition(language) for language in LANGUAGES}
    readers = Readers.of(news, [person.pk for person in people])
    for person in people:
        if groups := readers.news_for(person, editions[person.language]):
            yield Told(person, *_shortened(groups))


def _shortened(groups: list[GroupNews]) -> tuple[list[GroupNews], int]:
    """The first things of a long letter, and how many are left out."""
    room, kept = MOST_TOLD, []
    for group in groups:
        if items := group.items[:room]:
            kept.append(replace(group, items=items))
            room -= len(items)
    return kept, sum(len(group.items) for group in groups) - (MOST_TOLD - room)


def _letter(told: Told) -> Any:
    stop = stop_url(told.person, "gets_digest")
    context = {
        "person": told.person,
        "groups": told.groups,
        "first": told.items[0],
        "others": len(told.items) + told.left_out - 1,
        "left_out": told.left_out,
        "stop": stop,
    }
    subject, body = DIGEST.written(told.person.language, context)
    fields = {
        "person": told.person,
        "about": ["gets_digest", *(of_reading(group.pk) for group in told.groups)],
        "is_bulk": True,  # letters that somebody waits for pass
        "not_after": timezone.now() + NEWS_FOR,
    }
    return written(subject, body, told.person.email, stop_headers(stop), **fields)
