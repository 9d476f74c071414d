"""An editor at work, for the tests of the CMS."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.people import UserFactory


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(UserFactory(is_editor=True))
    return client


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what happens after the transaction, as it does on the site."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
