"""Letters that still wait go no more where somebody stopped their kind, or what they quote is gone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import OutgoingMail, User
from news.comments.actions import Words, edit, remove, write
from news.comments.words import mark
from news.digest.writing import monday, write_digests
from news.letters.choices import choose
from news.letters.stops import stop_url
from news.letters.subjects import of_thread
from news.models import Comment, GroupNewsPage
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory(date_joined="2020-01-01T00:00Z")


@pytest.fixture
def article(homes: object) -> GroupNewsPage:
    return GroupNewsPageFactory(group=WorkingGroupFactory())


@pytest.fixture
def comment(person: User, article: GroupNewsPage) -> Comment:
    """What somebody said, about which a letter to the person waits, and one to somebody else."""
    for reader in (person, UserFactory()):
        CommentFactory(article=article, author=reader)
    return write(article=article, by=UserFactory(), words=Words("Le gel arrive", "fr"))


@pytest.fixture
def digest(person: User, article: GroupNewsPage) -> None:
    """One that waits, and one to somebody else."""
    other = UserFactory(date_joined=person.date_joined)
    assert write_digests([person.pk, other.pk], monday(timezone.localdate())) == 2


def waiting(person: User) -> tuple[int, int]:
    """How many letters wait for this person, and how many for others."""
    own = OutgoingMail.objects.filter(person=person).count()
    return own, OutgoingMail.objects.count() - own


def by_profile(person: User, **wanted: bool) -> None:
    choose(person=person, language="fr", **({"gets_digest": True, "gets_comments": True} | wanted))


@pytest.mark.usefixtures("digest")
@pytest.mark.parametrize(
    "stop", [lambda one: Client().post(stop_url(one, "gets_digest")), lambda one: by_profile(one, gets_digest=False)]
)
def test_a_digest_that_was_stopped(person: User, stop: Any) -> None:
    assert waiting(person) == (1, 1)

    stop(person)

    assert waiting(person) == (0, 1)


@pytest.mark.usefixtures("digest")
def test_a_choice_of_other_letters_leaves_the_digest(person: User) -> None:
    by_profile(person, gets_comments=False)

    assert waiting(person) == (1, 1)


@pytest.mark.usefixtures("comment")
@pytest.mark.parametrize("is_all", [True, False])
def test_letters_about_comments_that_were_stopped(person: User, article: GroupNewsPage, is_all: bool) -> None:
    assert waiting(person) == (1, 1)

    Client().post(
        stop_url(person, "gets_comments") if is_all else stop_url(person, of_thread(article.translation_key))
    )

    assert waiting(person) == (0, 1)


def test_a_comment_that_was_removed(person: User, article: GroupNewsPage, comment: Comment) -> None:
    write(article=article, by=UserFactory(), words=Words("Autre chose", "fr"))

    remove(comment=comment, article=article, by=comment.author)

    assert "Le gel arrive" not in " ".join(OutgoingMail.objects.values_list("body", flat=True))
    assert waiting(person)[0] == 1


@pytest.mark.usefixtures("comment")
def test_an_article_that_was_deleted(person: User, article: GroupNewsPage) -> None:
    article.delete()

    assert waiting(person) == (0, 0)


@pytest.mark.usefixtures("comment", "digest")
def test_letters_about_comments_pass_the_digest(person: User) -> None:
    assert not OutgoingMail.objects.due()[0].is_bulk
    assert OutgoingMail.objects.filter(is_bulk=True).about("gets_digest").count() == 2


def test_a_comment_that_was_corrected_is_told_as_it_is_now(
    person: User, article: GroupNewsPage, comment: Comment
) -> None:
    edit(comment=comment, article=article, by=comment.author, words=Words("Le gel est là", "fr"))

    bodies = list(OutgoingMail.objects.values_list("body", flat=True))
    assert len(bodies) == 2
    assert all("Le gel est là" in body and "Le gel arrive" not in body for body in bodies)


def test_a_correction_is_not_told_to_who_has_the_letter(
    person: User, article: GroupNewsPage, comment: Comment
) -> None:
    OutgoingMail.objects.filter(person=person).delete()  # sent

    edit(comment=comment, article=article, by=comment.author, words=Words("Le gel est là", "fr"))

    assert waiting(person) == (0, 1)


def test_who_is_not_named_any_more_gets_no_letter(article: GroupNewsPage) -> None:
    named, author = UserFactory(), UserFactory()
    comment = write(article=article, by=author, words=Words(mark(named.pk), "fr", [named.pk]))
    assert waiting(named)[0] == 1

    edit(comment=comment, article=article, by=author, words=Words("Personne", "fr"))

    assert waiting(named)[0] == 0
