"""The pages that no other test counts: ten times the records cost not one query more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.groups import WorkingGroupFactory
from tests.factories.home import ContactPageFactory, StandardPageFactory
from tests.factories.members import AssociationFactory, CharterPageFactory, HelplineFactory, NeedFactory
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.factories.people import InvitationFactory, JobFunctionFactory, UserFactory

pytestmark = [pytest.mark.django_db]

ARTICLE = ("article", {"title": "Autonomie", "text": "<p>Chacune décide.</p>"})
BODY = [("text", "<p>Ensemble.</p>"), ("heading", "Une aide près de chez vous")]


@pytest.fixture
def public(homes: dict[str, Any]) -> Callable[[int], None]:
    """One page of every kind, and more of what they list at each call."""
    home = homes["fr"]
    charter = CharterPageFactory(parent=home, slug="charte")
    ContactPageFactory(parent=home)
    StandardPageFactory(parent=home, slug="alliance", body=BODY)
    news = NewsIndexPageFactory(parent=home, slug="actualites")

    def grow(number: int) -> None:
        charter.articles = [ARTICLE] * number
        charter.save()
        for _ in range(number):
            association = AssociationFactory(has_signed_charter=True)
            NeedFactory()
            HelplineFactory()
            StandardPageFactory(parent=home, show_in_menus=True)
            article = NewsPageFactory(parent=news, body=BODY)
            article.associations.set([association])
            article.save()

    return grow


@pytest.fixture
def member_area(client: Client, homes: dict[str, Any]) -> Callable[[int], None]:
    """A delegate who signed in, and more colleagues, invitations, functions and groups at each call."""
    delegate = UserFactory(is_delegate=True)
    client.force_login(delegate)

    def grow(number: int) -> None:
        for _ in range(number):
            UserFactory(association=delegate.association)
            JobFunctionFactory()
            InvitationFactory(association=delegate.association)
            WorkingGroupFactory().members.add(delegate)

    return grow


def budget(client: Client, url: str, grow: Callable[[int], None], count: Callable[[Any], int]) -> int:
    """The queries of a page, the same whatever the number of records."""
    grow(1)
    assert client.get(url).status_code == 200  # fills the caches that live as long as the process
    before, size = count(lambda: client.get(url)), len(client.get(url).content)
    grow(10)
    assert count(lambda: client.get(url)) == before
    assert len(client.get(url).content) > size
    return before


@pytest.mark.parametrize(
    "url", ["/fr/charte/", "/fr/contact/", "/fr/alliance/", "/fr/plan-du-site/", "/fr/actualites/flux.xml"]
)
def test_a_public_page_needs_at_most_eight_queries(
    client: Client, public: Callable[[int], None], count_queries: Callable[[Any], int], url: str
) -> None:
    assert budget(client, url, public, count_queries) <= 8


@pytest.mark.parametrize("url", ["/fr/espace/profil/", "/fr/espace/invitations/"])
def test_a_member_page_needs_at_most_twelve_queries(
    client: Client, member_area: Callable[[int], None], count_queries: Callable[[Any], int], url: str
) -> None:
    assert budget(client, url, member_area, count_queries) <= 12
