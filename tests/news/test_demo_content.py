"""What somebody finds in the working groups who tries the demo: something new, pictures, documents, a conversation."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Attendance, Comment, GroupNewsPage, GroupPicture, Meeting
from tests.reading import soup

pytestmark = pytest.mark.django_db
TALKED_OF = "preparer-entretien-annuel"


def test_some_articles_are_new_and_others_not(as_role: dict[str, Client]) -> None:
    group = as_role["member"].get(reverse("news:group", args=["ressources-humaines"]))

    marks = [bool(item.select(".tag--new")) for item in soup(group).select(".news-item")]

    assert {True, False} == set(marks)
    assert marks == sorted(marks, reverse=True)


def test_an_article_has_a_picture_documents_and_a_conversation(as_role: dict[str, Client]) -> None:
    page = soup(as_role["member"].get(GroupNewsPage.objects.get(slug=TALKED_OF).url))

    (picture,) = page.select(".picture img")
    assert as_role["member"].get(picture["src"]).status_code == 200
    assert len(page.select(".attachment a[download]")) == 2
    assert page.select(".comments--answers .comment__name")


def test_meetings_are_to_come_and_on_weekdays(as_role: dict[str, Client]) -> None:
    starts = [timezone.localtime(meeting.starts_at) for meeting in Meeting.objects.upcoming()]

    assert len(starts) >= 5
    assert all(start.weekday() < 5 for start in starts)
    assert Attendance.objects.exists()


def test_loading_it_again_adds_nothing(as_role: dict[str, Client]) -> None:
    models = (GroupNewsPage, GroupPicture, Meeting, Comment, Attendance)
    before = [model.objects.count() for model in models]

    call_command("seed", accounts="another-long-password")

    assert [model.objects.count() for model in models] == before
