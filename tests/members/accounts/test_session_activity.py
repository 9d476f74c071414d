"""When and from where each session was last seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db]

LONG_AGO = timezone.now() - timedelta(days=3)


@pytest.fixture
def session(client: Client, homes: dict[str, Any]) -> UserSession:
    """Of somebody who signed in three days ago with Firefox, and comes back."""
    client.force_login(UserFactory())
    key = client.session.session_key
    UserSession.objects.filter(session_key=key).delete()
    session: UserSession = UserSession.objects.create(
        user_id=client.session["_auth_user_id"],
        session_key=key,
        ip="192.0.2.7",
        user_agent="Firefox",
        created_at=LONG_AGO,
        last_seen_at=LONG_AGO,
    )
    cache.clear()
    session.refresh_from_db()
    return session


def profile(client: Client) -> Any:
    return client.get(reverse("members:profile"), headers={"user-agent": "Chrome" * 100}, REMOTE_ADDR="192.0.2.8")


def test_a_page_says_when_and_from_where_the_session_was_seen(client: Client, session: UserSession) -> None:
    before = timezone.now()
    profile(client)
    session.refresh_from_db()

    assert session.last_seen_at >= before
    assert session.created_at == LONG_AGO
    assert (session.ip, session.user_agent) == ("192.0.2.8", ("Chrome" * 100)[: len(session.user_agent)])
    assert len(session.user_agent) > 100


def test_it_costs_one_query_and_is_said_once_in_five_minutes(
    client: Client, session: UserSession, count_queries: Callable[[Any], int]
) -> None:
    profile(client)  # fills the caches that live as long as the process
    UserSession.objects.update(last_seen_at=LONG_AGO)
    again = count_queries(lambda: profile(client))
    session.refresh_from_db()
    assert session.last_seen_at == LONG_AGO

    cache.delete(f"session-seen:{session.session_key}")
    assert count_queries(lambda: profile(client)) == again + 1
    session.refresh_from_db()
    assert session.last_seen_at > LONG_AGO


def test_a_session_that_is_not_listed_yet_is_from_now_on(client: Client, session: UserSession) -> None:
    session.delete()
    profile(client)

    assert UserSession.objects.get(session_key=client.session.session_key).user_agent.startswith("Chrome")


def test_a_session_that_was_somebody_elses_is_theirs_who_use_it(client: Client, session: UserSession) -> None:
    UserSession.objects.update(user=UserFactory())
    profile(client)

    assert UserSession.objects.get(session_key=client.session.session_key).user_id == session.user_id
