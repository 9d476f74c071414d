"""The sitemap: every public address with its real translations."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from home.models import HomePage
from home.sitemap import PART
from members.models import Association
from tests.factories.home import ContactPageFactory, in_both
from tests.factories.members import AssociationFactory, NeedFactory
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory

pytestmark = [pytest.mark.django_db]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HERE = "http://testserver"


def sitemap(client: Client, address: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """The alternates of each address."""
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  # our own
    return {
        url.find(f"{SITEMAP}loc").text.removeprefix(HERE): {
            link.get("hreflang"): link.get("href").removeprefix(HERE)
            for link in url.findall("{http://www.w3.org/1999/xhtml}link")
        }
        for url in root
    }


def test_pages_name_their_translations(client: Client, homes: dict[str, HomePage]) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contact-nl")
    both = {"fr": "/fr/contact/", "nl": "/nl/contact-nl/", "x-default": "/fr/contact/"}
    urls = sitemap(client)
    assert urls["/fr/contact/"] == urls["/nl/contact-nl/"] == both
    assert urls["/fr/"]["nl"] == "/nl/"


def test_an_untranslated_page_stands_alone(client: Client, homes: dict[str, HomePage]) -> None:
    index = NewsIndexPageFactory(parent=homes["nl"], slug="nieuws")
    NewsPageFactory(parent=index, slug="een")
    assert sitemap(client)["/nl/nieuws/een/"] == {"nl": "/nl/nieuws/een/", "x-default": "/nl/nieuws/een/"}


def test_records_have_both_addresses(client: Client, homes: dict[str, HomePage]) -> None:
    AssociationFactory(slug="csd")
    NeedFactory(slug_fr="seul", slug_nl="alleen")
    urls = sitemap(client)
    assert urls["/nl/leden/csd/"]["fr"] == "/fr/membres/csd/"
    assert urls["/fr/trouver/seul/"]["nl"] == "/nl/vinden/alleen/"


def test_what_is_not_public_is_not_named(client: Client, homes: dict[str, HomePage]) -> None:
    AssociationFactory(slug="brouillon", live=False)
    NeedFactory(slug_fr="brouillon", live=False)
    ContactPageFactory(parent=homes["fr"], slug="brouillon", live=False)
    assert not [url for url in sitemap(client) if "brouillon" in url or "espace" in url]


def test_every_address_answers(client: Client, homes: dict[str, HomePage]) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contact")
    AssociationFactory()
    NeedFactory()
    assert {url: client.get(url).status_code for url in sitemap(client)} == dict.fromkeys(sitemap(client), 200)


def test_more_records_cost_no_more_queries(
    client: Client, homes: dict[str, HomePage], count_queries: Callable
) -> None:
    AssociationFactory()
    client.get("/sitemap.xml")
    before = count_queries(lambda: client.get("/sitemap.xml"))
    AssociationFactory.create_batch(10)
    NeedFactory.create_batch(10)
    assert count_queries(lambda: client.get("/sitemap.xml")) == before <= 8


def test_a_large_site_is_told_in_parts(client: Client, homes: dict[str, HomePage]) -> None:
    Association.objects.bulk_create(
        Association(slug=f"une-{number}", name_fr="Une", short_name_fr="Une", order=number) for number in range(PART)
    )
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own
    parts = [element.text.removeprefix(HERE) for element in index.iter(f"{SITEMAP}loc")]
    assert parts == ["/sitemap-1.xml", "/sitemap-2.xml"]
    told = [url for part in parts for url in sitemap(client, part)]
    assert len(told) == len(set(told)) == 2 * PART + 4  # and the home pages and site maps
    assert {"/fr/", f"/nl/leden/une-{PART - 1}/"} <= set(told)


@pytest.mark.parametrize("part", ["0", "2", "99999999999999999999"])
def test_a_part_that_there_is_not_is_not_found(client: Client, homes: dict[str, HomePage], part: str) -> None:
    assert client.get("/sitemap-1.xml").status_code == 200
    assert client.get(f"/sitemap-{part}.xml").status_code == 404
