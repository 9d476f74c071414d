"""Letters about comments: to whom, in which language, with which way out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import OutgoingMail, User
from news.comments.actions import Words, write
from news.models import Comment, GroupNewsPage, LetterChoice, MutedThread
from news.models.comment import EDITABLE_FOR
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory, translated
from tests.factories.people import UserFactory
from tests.forgetting import forget
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("person")]


@pytest.fixture
def author(article: GroupNewsPage) -> User:
    """Who wrote the article."""
    owner = UserFactory()
    GroupNewsPage.objects.filter(pk=article.pk).update(owner=owner)
    return owner


def test_those_who_take_part_get_a_letter_each(
    person: User, author: User, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    before = UserFactory()
    first = CommentFactory(article=article, author=before)
    CommentFactory(article=article, author=before, parent=first)
    CommentFactory(article=GroupNewsPageFactory(group=article.group))
    CommentFactory(article=article, author=person)

    say(article, "Et la neige ?\nEt le gel ?", answers=first.pk)

    assert set(letters()) == {author.email, before.email}
    letter = letters()[before.email]
    assert "Mira Peeters" in letter.subject and article.title in letter.subject
    assert "> Et la neige ?\n> Et le gel ?" in letter.body
    comment = Comment.objects.get(text__startswith="Et la neige")
    assert f"http://127.0.0.1:8000{article.url}?comment={comment.pk}#comment-{comment.pk}" in letter.body


def test_a_letter_is_in_the_language_of_its_reader_and_leads_to_the_page_in_it(
    client: Client, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    dutch = translated(article)
    reader = UserFactory(language="nl")
    CommentFactory(article=article, author=reader)

    say(article, "Bonjour")

    letter = letters()[reader.email]
    assert dutch.title in letter.subject
    assert f"{dutch.url}?comment=" in letter.body
    assert "/nl/private/" in letter.body


def test_who_is_named_gets_one_letter_that_says_so(
    client: Client, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    both, only = UserFactory(first_name="Zoë", last_name="Sow"), UserFactory(first_name="Awa", last_name="Diop")
    other = UserFactory()
    for one in (both, other):
        CommentFactory(article=article, author=one)

    say(article, "Merci @Zoë Sow et @Awa Diop et @Mira Peeters")

    assert set(letters()) == {both.email, only.email, other.email}
    assert letters()[both.email].subject == letters()[only.email].subject != letters()[other.email].subject
    assert "> Merci @Zoë Sow et @Awa Diop et @Mira Peeters" in letters()[only.email].body


def muted(reader: User, article: GroupNewsPage) -> None:
    MutedThread.objects.create(person=reader, article_key=article.translation_key)


def without_letters(reader: User, article: GroupNewsPage) -> None:
    LetterChoice.objects.create(person=reader, gets_comments=False)


def gone(reader: User, article: GroupNewsPage) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)


@pytest.mark.parametrize("end", [muted, without_letters, gone])
def test_who_wants_none_or_left_gets_none_even_when_named(
    client: Client, say: Any, article: GroupNewsPage, letters: Any, end: Any
) -> None:
    reader = UserFactory(first_name="Zoë", last_name="Sow")
    CommentFactory(article=article, author=reader)
    end(reader, article)

    say(article, "Merci @Zoë Sow")

    assert letters() == {}


def test_who_wants_the_other_letters_only_or_muted_another_conversation_gets_it(
    client: Client, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    reader = UserFactory()
    CommentFactory(article=article, author=reader)
    LetterChoice.objects.create(person=reader, gets_digest=False)
    muted(reader, GroupNewsPageFactory(group=article.group))
    say(article, "Bonjour")
    assert set(letters()) == {reader.email}


def test_who_may_no_longer_read_the_article_gets_none(client: Client, person: User, say: Any, letters: Any) -> None:
    group = WorkingGroupFactory(is_open=False)
    inside, left = UserFactory(), UserFactory()
    group.members.add(person, inside)
    group.save()
    article = GroupNewsPageFactory(group=group)
    for one in (inside, left):
        CommentFactory(article=article, author=one)

    say(article, "Bonjour")

    assert set(letters()) == {inside.email}


def test_whose_comment_was_removed_takes_no_part(
    client: Client, person: User, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    removed = CommentFactory(article=article)
    CommentFactory(article=article, author=person, parent=removed)
    client.force_login(removed.author)
    client.post(reverse("news:remove_comment", args=[removed.pk]))
    client.force_login(person)
    say(article, "Bonjour")
    assert letters() == {}


def test_a_second_press_of_the_button_writes_to_nobody_twice(
    client: Client, author: User, say: Any, article: GroupNewsPage
) -> None:
    for _press in range(2):
        say(article, "Bonjour")
    assert len(mail.outbox) == 1


def test_a_correction_writes_only_to_whom_it_names_newly(
    client: Client,
    author: User,
    say: Any,
    article: GroupNewsPage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    UserFactory(first_name="Zoë", last_name="Sow")
    newly = UserFactory(first_name="Awa", last_name="Diop")
    User.objects.filter(pk=author.pk).update(first_name="Ana", last_name="Cruz")
    say(article, "Merci @Zoë Sow")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("news:edit_comment", args=[Comment.objects.get().pk]),
            {"text": "Merci @Zoë Sow, @Awa Diop, @Ana Cruz", "language": "fr"},
        )

    assert [letter.to for letter in mail.outbox] == [[newly.email]]


@pytest.fixture
def correct(client: Client, django_capture_on_commit_callbacks: Any) -> Callable[[str], None]:
    """Correct one's last comment."""

    def send(text: str) -> None:
        own = Comment.objects.latest("written_at")
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("news:edit_comment", args=[own.pk]), {"text": text, "language": "fr"})

    return send


def test_naming_somebody_again_and_again_is_one_letter(
    client: Client, say: Any, correct: Any, article: GroupNewsPage, letters: Any
) -> None:
    colleague = UserFactory(first_name="Zoë", last_name="Sow")
    say(article, "Merci @Zoë Sow")
    for text in ("Merci", "Merci à @Zoë Sow", "Merci à toutes", "Merci @Zoë Sow"):
        correct(text)
    assert set(letters()) == {colleague.email}


def test_who_joined_the_conversation_since_is_told_when_a_correction_names_them(
    client: Client, say: Any, correct: Any, article: GroupNewsPage, letters: Any
) -> None:
    say(article, "Merci")
    comment = Comment.objects.get()
    newly = UserFactory(first_name="Zoë", last_name="Sow")
    CommentFactory(article=article, author=newly, parent=comment)
    Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now())

    correct("Merci @Zoë Sow")

    assert set(letters()) == {newly.email}


def test_who_was_told_is_forgotten_once_the_comment_is_final(author: User, say: Any, article: GroupNewsPage) -> None:
    say(article, "Bonjour")
    told = Comment.objects.get().told
    forget()
    assert told.get() == author
    Comment.objects.update(written_at=timezone.now() - EDITABLE_FOR)

    forget()

    assert not told.exists()


def test_letters_cost_the_same_for_few_and_for_many(person: User, article: GroupNewsPage, count_queries: Any) -> None:
    def grow(number: int) -> None:
        for _number in range(number):
            CommentFactory(article=article, author=UserFactory(language="nl"))

    grow(1)
    write(article=article, by=person, words=Words("Un", "fr"))
    grow(2)
    few = count_queries(lambda: write(article=article, by=person, words=Words("Trois", "fr")))
    grow(27)
    assert count_queries(lambda: write(article=article, by=person, words=Words("Trente", "fr"))) == few <= 12
    assert OutgoingMail.objects.count() == 1 + 3 + 30


def promised(client: Client, article: GroupNewsPage) -> str:
    """What the form says before one comments."""
    return soup(client.get(article.url)).select_one(".comment-form > .meta").get_text()


def test_the_form_says_how_many_get_a_letter(
    client: Client, person: User, say: Any, article: GroupNewsPage, letters: Any
) -> None:
    GroupNewsPage.objects.filter(pk=article.pk).update(owner=UserFactory())
    CommentFactory(article=article, author=person)
    for _number in range(3):
        CommentFactory(article=article)
    muted(Comment.objects.exclude(author=person).first().author, article)

    assert "3" in promised(client, article)
    say(article, "Bonjour")
    assert len(letters()) == 3


def test_one_stops_and_resumes_the_letters_on_the_page(client: Client, person: User, article: GroupNewsPage) -> None:
    address = reverse("news:choose_letters", args=[article.pk])

    def offered() -> str:
        return soup(client.get(article.url)).find("form", action=address).button["value"]

    assert offered() == "no"
    for _again in range(2):
        client.post(address, {"letters": "no"})
        assert offered() == "yes"
        assert MutedThread.objects.filter(person=person, article_key=article.translation_key).count() == 1
    client.post(address)
    assert offered() == "yes"
    client.post(address, {"letters": "yes"})
    assert offered() == "no"
    assert client.get(address).status_code == 405
