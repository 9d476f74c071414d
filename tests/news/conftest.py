"""The list of public news, in both languages."""

import pytest
from wagtail.models import Page

from home.models import HomePage
from tests.factories.home import in_both
from tests.factories.news import NewsIndexPageFactory


@pytest.fixture
def indexes(homes: dict[str, HomePage]) -> dict[str, Page]:
    """The lists at ``/fr/actualites/`` and ``/nl/nieuws/``."""
    return in_both(NewsIndexPageFactory, homes, fr="actualites", nl="nieuws")
