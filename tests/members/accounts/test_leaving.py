"""Somebody leaves: everything that opened something with their name opens nothing any more."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.models import SavedSearch
from library.trust.reviews import ask_for_review
from members.accounts import actions
from members.directory import reviews as directory_reviews
from members.models import User
from news.meetings.keys import renew_key
from news.models import Attendance
from tests.factories.groups import MeetingFactory, WorkingGroupFactory
from tests.factories.library import ToolFactory
from tests.factories.people import PASSWORD, InvitationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def person() -> User:
    cache.clear()
    return UserFactory(is_in_directory=True)


def leave(person: User) -> None:
    actions.end(person=person, by=UserFactory(is_delegate=True, association=person.association))


def private_addresses(person: User, group: Any) -> list[str]:
    token = renew_key(by=person).token
    own = reverse("news:own_calendar", args=[token])
    return [own, *(reverse(f"news:{name}", args=[token, group.pk]) for name in ("group_calendar", "group_feed"))]


def test_every_address_that_opened_something_is_dead(person: User) -> None:
    group = WorkingGroupFactory(is_open=True)
    addresses = private_addresses(person, group)
    invitation = InvitationFactory(association=person.association, invited_by=UserFactory(is_editor=True))
    addresses.append(invitation.get_absolute_url())
    invitation.invited_by = person
    invitation.save()
    person.is_delegate = True
    person.save()
    tool = ToolFactory(association=person.association, contact=person, review_on=timezone.localdate())
    ask_for_review(tool=tool)
    today = timezone.localdate()
    token = directory_reviews.sign(directory_reviews.Review(person, today))
    addresses.append(reverse("members:directory_review", args=[token, "right"]))
    assert {Client().get(url).status_code for url in addresses} == {200}

    leave(person)

    assert {url: Client().get(url).status_code for url in addresses if Client().get(url).status_code < 400} == {}


def test_the_link_in_a_letter_about_a_tool_ends_with_the_account(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    tool = ToolFactory(association=person.association, contact=person, review_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_review(tool=tool) == [person.email]
    link = next(word for word in mail.outbox[0].body.split() if word.endswith("/right/") and "://" in word)
    path = link[link.index("/", 8) :]
    assert Client().get(path).status_code == 200

    leave(person)

    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


def test_no_letter_goes_to_who_left(person: User, django_capture_on_commit_callbacks: Any) -> None:
    group = WorkingGroupFactory(is_open=True)
    begins = timezone.now() + timedelta(days=1)
    meeting = MeetingFactory(group=group, starts_at=begins, ends_at=begins + timedelta(hours=1))
    answered = timezone.now() - timedelta(days=2)
    Attendance.objects.create(meeting=meeting, person=person, is_coming=True, language="fr", answered_at=answered)
    SavedSearch.objects.create(owner=person, query="", language="fr", told_at=answered)
    User.objects.filter(pk=person.pk).update(details_confirmed_on=timezone.localdate() - timedelta(days=400))
    ToolFactory(association=person.association, contact=person, review_on=timezone.localdate(), sharing="alliance")
    leave(person)

    with django_capture_on_commit_callbacks(execute=True):
        for command in ("meeting_reminders", "library_notices", "library_reviews", "directory_reviews"):
            call_command(command)

    assert person.email not in {address for letter in mail.outbox for address in letter.to}


def test_neither_password_nor_a_new_one_opens_the_account(
    person: User, django_capture_on_commit_callbacks: Any
) -> None:
    leave(person)
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/fr/compte/password/reset/", {"email": person.email})
    client.post("/fr/compte/login/", {"login": person.email, "password": PASSWORD})

    assert mail.outbox == []
    assert client.get("/fr/espace/").status_code == 302
    assert EmailAddress.objects.filter(user=person).exists(), "until the account is erased, it can be opened again"
