"""The weekly letter: to each person, in their language, only what they have neither seen nor been told of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from members.models import User
from news.digest.writing import MOST_TOLD, monday, write_digests
from news.management.commands import news_digest
from news.models import Digest, GroupNewsPage, LetterChoice, Meeting, Seen, WorkingGroup
from news.reading import mark_read
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.forgetting import forget

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
Run = Callable[[], list[EmailMessage]]


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Run:
    """Run the command as cron does; gives the letters that it sent."""

    def run() -> list[EmailMessage]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("news_digest", verbosity=0)
        return mail.outbox[before:]

    return run


@pytest.fixture
def person() -> User:
    return member()


def member(**fields: Any) -> User:
    """Somebody who has been here for long."""
    return UserFactory(date_joined=timezone.now() - timedelta(days=400), **fields)


def next_week() -> None:
    Digest.objects.update(week=monday(timezone.localdate()) - timedelta(days=7))


def article(title: str, group: WorkingGroup | None = None, language: str = "fr", **fields: Any) -> GroupNewsPage:
    return GroupNewsPageFactory(group=group or WorkingGroupFactory(), language=language, title=title, **fields)


def translation(page: GroupNewsPage, title: str) -> GroupNewsPage:
    made = article(title, page.group, "nl")
    GroupNewsPage.objects.filter(pk=made.pk).update(translation_key=page.translation_key)
    return GroupNewsPage.objects.get(pk=made.pk)


def published(page: GroupNewsPage, *, days_ago: int) -> None:
    GroupNewsPage.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=days_ago))


def test_one_letter_tells_the_new_articles_and_meetings_of_every_group_once(person: User, run: Run) -> None:
    told = article("Accueillir un volontaire", summary="Ce qui marche chez nous.")
    meeting = MeetingFactory(title_fr="Réunion de mars", place_fr="Rue Haute 1")

    [letter] = run()

    assert letter.to == [person.email]
    for words in (told.title, "Ce qui marche chez nous.", told.url, told.group.name_fr, "Rue Haute 1"):
        assert words in letter.body
    assert meeting.title_fr in letter.body
    assert meeting.get_absolute_url() in letter.body
    assert Digest.objects.get().person == person


def test_the_same_week_brings_no_second_letter(person: User, run: Run) -> None:
    article("Premier")
    assert len(run()) == 1
    article("Second")

    assert run() == []


def test_what_was_told_is_never_told_again(person: User, run: Run) -> None:
    article("Premier")
    meeting = MeetingFactory(title_fr="Réunion de mars")
    run()
    next_week()
    meeting.title_fr = "Réunion de mars, à un autre endroit"
    meeting.save()
    article("Second")

    [letter] = run()

    assert "Second" in letter.body
    assert "Premier" not in letter.body
    assert "Réunion" not in letter.body


def test_nobody_gets_a_letter_that_tells_nothing(person: User, run: Run) -> None:
    assert run() == []
    assert not Digest.objects.exists()


def test_what_somebody_opened_is_not_told(person: User, run: Run) -> None:
    mark_read(person, [article("Lu").translation_key, MeetingFactory(title_fr="Vue").key])
    article("Nouveau")

    [letter] = run()

    assert "Nouveau" in letter.body
    assert "Lu" not in letter.body
    assert "Vue" not in letter.body


def test_nobody_is_told_what_they_wrote_themselves(person: User, run: Run) -> None:
    article("Le mien", owner=person)

    assert run() == []


@pytest.mark.parametrize(("days_ago", "letters"), [(13, 1), (15, 0)])
def test_what_is_older_than_two_weeks_is_no_news(person: User, run: Run, days_ago: int, letters: int) -> None:
    published(article("Un article"), days_ago=days_ago)

    assert len(run()) == letters


def test_who_joined_later_is_not_told_what_was_before(run: Run) -> None:
    published(article("Avant"), days_ago=3)
    UserFactory(date_joined=timezone.now() - timedelta(days=1))

    assert run() == []


@pytest.mark.parametrize("state", [{"is_cancelled": True}, {"starts_at": timezone.now() - timedelta(days=2)}])
def test_meetings_that_are_cancelled_or_over_are_no_news(person: User, run: Run, state: dict[str, Any]) -> None:
    MeetingFactory(**state)

    assert run() == []


def test_a_draft_is_no_news(person: User, run: Run) -> None:
    article("Retiré").unpublish()

    assert run() == []


def test_each_gets_the_letter_in_their_language(run: Run) -> None:
    french, dutch = member(language="fr"), member(language="nl")
    both = article("Bonjour")
    translation(both, "Goedendag")
    alone = article("Seulement en français", both.group)

    letters = {letter.to[0]: letter for letter in run()}

    assert "Bonjour" in letters[french.email].body
    assert "Goedendag" not in letters[french.email].body
    assert "Goedendag" in letters[dutch.email].body
    assert "Bonjour" not in letters[dutch.email].body
    assert f"{alone.title} [Français]" in letters[dutch.email].body
    assert both.group.name_nl in letters[dutch.email].body
    assert "[" not in letters[french.email].body


def test_a_translation_that_comes_later_is_news_for_its_readers_only(run: Run) -> None:
    member(language="fr")
    dutch = member(language="nl")
    old = article("Il y a longtemps")
    published(old, days_ago=40)
    translation(old, "Nu ook in het Nederlands")

    [letter] = run()

    assert letter.to == [dutch.email]


def test_a_closed_group_is_told_to_its_people_and_the_editors_only(run: Run) -> None:
    closed = WorkingGroupFactory(is_open=False)
    inside, leads, editor, outside = member(), member(), member(is_editor=True), member()
    closed.members.add(inside)
    closed.coordinators.add(leads)
    closed.save()
    article("Entre nous", closed)
    MeetingFactory(group=closed)

    told = {letter.to[0] for letter in run()}

    assert told == {inside.email, leads.email, editor.email}
    assert outside.email not in told


def test_ones_own_groups_come_first(person: User, run: Run) -> None:
    mine, other = WorkingGroupFactory(name_fr="Zèbres"), WorkingGroupFactory(name_fr="Abeilles")
    mine.members.add(person)
    mine.save()
    article("Du mien", mine)
    article("D'un autre", other)

    [letter] = run()

    assert letter.body.index("Zèbres") < letter.body.index("Abeilles")
    assert "Du mien" in letter.subject


def test_a_long_letter_stops_and_the_rest_comes_the_week_after(person: User, run: Run) -> None:
    group = WorkingGroupFactory()
    meetings = [MeetingFactory(group=group) for _number in range(MOST_TOLD + 5)]

    [first] = run()
    next_week()
    [second] = run()

    told = [[one for one in meetings if one.get_absolute_url() in letter.body] for letter in (first, second)]
    assert [len(of_letter) for of_letter in told] == [MOST_TOLD, 5]
    assert Seen.objects.filter(person=person, told_at__isnull=False).count() == len(meetings)


@pytest.mark.parametrize("closed", [True, False])
def test_who_left_or_said_no_gets_none(person: User, run: Run, closed: bool) -> None:
    article("Un article")
    if closed:
        User.objects.filter(pk=person.pk).update(is_active=False)
    else:
        LetterChoice.objects.create(person=person, gets_digest=False)

    assert run() == []


def test_the_letter_says_how_to_stop_it_with_one_click(person: User, run: Run) -> None:
    article("Un article")

    [letter] = run()

    headers = letter.message()
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in letter.body


def test_the_number_of_questions_does_not_depend_on_the_number_of_people(count_queries: Any) -> None:
    week = monday(timezone.localdate())
    article("Un article")

    def questions(number: int) -> int:
        people = [member().pk for _number in range(number)]
        return count_queries(lambda: write_digests(people, week))

    questions(1)  # which also fills the caches
    assert questions(1) == questions(12)


def test_a_meeting_read_by_somebody_keeps_its_mark_until_it_is_over(person: User) -> None:
    coming = MeetingFactory()
    gone: Meeting = MeetingFactory(starts_at=timezone.now() - timedelta(days=5))
    mark_read(person, [coming.key, gone.key])
    Seen.objects.update(read_at=timezone.now() - timedelta(days=91))
    Digest.objects.create(person=person, week=timezone.localdate() - timedelta(days=100))
    Digest.objects.create(person=person, week=timezone.localdate())

    forget()

    assert [mark.key for mark in Seen.objects.all()] == [coming.key]
    assert Digest.objects.count() == 1


def test_people_to_whom_nothing_can_be_written_stop_no_other(
    person: User, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    article("Premier")
    unlucky, lucky = person, member()
    monkeypatch.setattr(news_digest, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(news_digest, "write_digests", refusing(unlucky))

    with pytest.raises(CommandError):
        run()
    assert [digest.person for digest in Digest.objects.all()] == [lucky]
    monkeypatch.undo()
    assert [letter.to for letter in run()] == [[unlucky.email]]


def refusing(unlucky: User) -> Callable[..., int]:
    """Write digests, but not to one of the people."""

    def write(people: list[int], week: Any) -> int:
        if unlucky.pk in people:
            raise OperationalError
        return write_digests(people, week)

    return write
