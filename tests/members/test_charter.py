"""The charter says who signed it."""

from datetime import date

import pytest
from django.test import Client

from home.models import HomePage
from tests.factories.members import AssociationFactory, CharterPageFactory
from tests.reading import main_text

pytestmark = [pytest.mark.django_db]


def test_only_those_that_signed_are_named(client: Client, homes: dict[str, HomePage]) -> None:
    page = CharterPageFactory(
        parent=homes["fr"], articles=[("article", {"title": "Autonomie", "text": "<p>Chacune décide.</p>"})]
    )
    AssociationFactory(name_fr="Datée", charter_signed_on=date(2026, 6, 1))
    AssociationFactory(name_fr="Sans date", has_signed_charter=True)
    AssociationFactory(name_fr="Pas encore")
    AssociationFactory(name_fr="Partie", has_signed_charter=True, live=False)
    text = main_text(client.get(page.url))
    assert "Datée" in text
    assert "1 juin 2026" in text.replace("1er", "1")
    assert "Sans date" in text
    assert "Partie" not in text
