"""Two clicks at once on a new private address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from news.meetings.keys import renew_key
from news.models import FeedKey
from tests.factories.people import UserFactory


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_address() -> None:
    owner = UserFactory()

    def renew(number: int) -> None:
        try:
            renew_key(by=owner)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(renew, range(8)))

    assert FeedKey.objects.filter(owner=owner).count() == 1
