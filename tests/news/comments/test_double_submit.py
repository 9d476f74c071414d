"""Two presses of the button at the same moment; apart, for it commits and finds no page of the site."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import Locale, Page

from news.comments.actions import Words, remove, write
from news.models import Comment, GroupNewsPage
from tests.factories.groups import CommentFactory, WorkingGroupFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> GroupNewsPage:
    """An article that stands alone, without the pages of the site."""
    locale, _created = Locale.objects.get_or_create(language_code="fr")
    page = GroupNewsPage(
        title="Article", slug="article", summary="Résumé.", group=WorkingGroupFactory(), locale=locale
    )
    return Page.add_root(instance=page)


def test_the_same_words_at_once_are_one_comment(article: GroupNewsPage) -> None:
    person = UserFactory()

    def press(_number: int) -> int:
        try:
            return write(article=article, by=person, words=Words("Bonjour", "fr")).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        results = set(threads.map(press, range(6)))

    assert results == {Comment.objects.get().pk}


@pytest.mark.parametrize("round_number", range(5))
def test_an_answer_and_the_removal_of_what_it_answers_agree(article: GroupNewsPage, round_number: int) -> None:
    person, comment = UserFactory(), CommentFactory(article=article)

    def answer() -> bool:
        try:
            write(article=article, by=person, words=Words("Oui", "fr"), answers=comment)
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    def take_away() -> None:
        try:
            remove(comment=comment, article=article, by=comment.author)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answered, removed = threads.submit(answer), threads.submit(take_away)
        removed.result()
        is_there = answered.result()

    assert Comment.objects.filter(text="Oui").exists() == is_there
    assert Comment.objects.filter(pk=comment.pk).exists() == is_there
    assert not Comment.objects.filter(pk=comment.pk).exclude(text="").exists()
