"""The two lists of records, in both languages."""

import pytest
from wagtail.models import Page

from home.models import HomePage
from tests.factories.home import ContactPageFactory, in_both
from tests.factories.members import AssociationIndexPageFactory, NeedIndexPageFactory


@pytest.fixture
def indexes(homes: dict[str, HomePage]) -> dict[str, dict[str, Page]]:
    """Find help at ``needs``, the associations at ``associations``, and where to write."""
    return {
        "associations": in_both(AssociationIndexPageFactory, homes, fr="membres", nl="leden"),
        "needs": in_both(NeedIndexPageFactory, homes, fr="trouver", nl="vinden"),
        "contact": in_both(ContactPageFactory, homes, fr="contact", nl="contact"),
    }
