"""The privacy page says the same times as the settings and the database keep."""

import re

import pytest
from django.conf import settings

from home.seeding import pages_content
from members.models.audit import KEPT_FOR


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_privacy_page_says_how_long_accounts_are_kept(language: str) -> None:
    text = re.sub(r"\s+", " ", str(pages_content()["privacy"][language]["body"]))

    assert settings.ACCOUNT_KEPT_AFTER_LEAVING == settings.INVITATION_KEPT
    days = {"fr": "jours", "nl": "dagen"}[language]
    assert text.count(f"{settings.INVITATION_KEPT.days} {days}") >= 2
    assert f"{settings.DELETION_AT_THE_LATEST.days} {days}" in text
    assert f"{settings.ACCOUNT_SUSPENDED_AT_MOST.days // 365} {({'fr': 'ans', 'nl': 'jaar'})[language]}" in text
    assert f"{KEPT_FOR.days // 365} {({'fr': 'ans', 'nl': 'jaar'})[language]}" in text
