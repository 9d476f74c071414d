"""Ten times the records cost not one query more, and never more than ten."""

from collections.abc import Callable

import pytest
from django.test import Client

from members.models import NeedGroup, ServiceException
from tests.factories.members import (
    AssociationFactory,
    AudienceFactory,
    CommuneFactory,
    HelplineFactory,
    NeedFactory,
    OutsideAddressFactory,
    ServiceFactory,
    add_address,
    add_contact,
    answer,
    attach,
)
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.reading import soup

pytestmark = [pytest.mark.django_db]

URLS = [
    "/fr/membres/",
    "/fr/membres/?audience=aines&commune=uccle&help=solitude",
    "/fr/membres/csd/",
    "/nl/leden/csd/",
    "/fr/trouver/",
    "/fr/trouver/seul/",
    "/nl/vinden/alleen/",
]


@pytest.fixture
def world(indexes: object, homes: dict) -> Callable[[int], None]:
    """Grow the world by some records of every kind, all of them on the pages of CSD and of one need."""
    audience, commune = AudienceFactory(slug="aines"), CommuneFactory(slug="uccle")
    csd = AssociationFactory(slug="csd")
    need = NeedFactory(slug_fr="seul", slug_nl="alleen", group__slug_fr="solitude")
    news = NewsIndexPageFactory(parent=homes["fr"], slug="actualites")

    def grow(number: int) -> None:
        for place in range(number):
            association = AssociationFactory()
            answer(need, association, _service(association, audience, commune))
            answer(NeedFactory(group=NeedGroup.objects.get(slug_fr="solitude")), csd, _service(csd, audience, commune))
            for one in (csd, association):
                add_contact(one, f"02 000 00 {place:02}")
                add_address(one, "Rue 1", commune=commune)
            attach(need, HelplineFactory(), HelplineFactory(number="112", kind="emergency"), OutsideAddressFactory())
            article = NewsPageFactory(parent=news)
            article.associations.set([csd])
            article.save()

    return grow


def _service(association: object, audience: object, commune: object) -> object:
    service = ServiceFactory(association=association)
    service.audiences.set([audience])
    service.communes.set([commune])
    service.save()
    ServiceException.objects.create(service=service, starts_on="2099-01-01", ends_on="2099-01-02", note_fr="Fermé")
    return service


@pytest.mark.parametrize("url", URLS)
def test_queries_stay_the_same(client: Client, world: Callable, count_queries: Callable, url: str) -> None:
    world(1)
    client.get(url)  # fills the caches that live as long as the process
    before = count_queries(lambda: client.get(url))
    links_before = len(soup(client.get(url)).find_all("a"))
    world(9)
    assert count_queries(lambda: client.get(url)) == before
    assert before <= 8
    assert len(soup(client.get(url)).find_all("a")) > links_before
