"""A card costs the same few queries, however much is known."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.members import (
    AssociationFactory,
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.mark.parametrize("is_urgent", [False, True])
@pytest.mark.parametrize(
    "url", ["/fr/trouver/tomber/carte/?language=both", "/fr/membres/csd/carte/?language=both&paper=a4"]
)
def test_more_records_cost_no_query_more(client: Client, count_queries: Callable, url: str, is_urgent: bool) -> None:
    csd = AssociationFactory(slug="csd")
    need = NeedFactory(slug_fr="tomber", is_urgent=is_urgent)

    def grow(number: int) -> None:
        for place in range(number):
            association = AssociationFactory()
            for one in (csd, association):
                add_contact(one, f"02 000 00 {place:02}")
                add_address(one, "Rue 1", commune=CommuneFactory())
                service = ServiceFactory(association=one)
                service.communes.set([CommuneFactory()])
                service.save()
            answer(need, association, service)
            attach(need, HelplineFactory(), OutsideAddressFactory())

    grow(2)
    client.get(url)
    few = count_queries(lambda: client.get(url))
    grow(20)
    assert count_queries(lambda: client.get(url)) == few <= 8
