"""What every page wears: the sign drawn from the data, the menu, the languages, and pages for what went wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from home.components import Petal, Ring
from home.models import AllianceSettings, HomePage
from tests.factories.home import ContactPageFactory, StandardPageFactory, in_both
from tests.factories.members import AssociationFactory
from tests.reading import soup


@pytest.mark.parametrize("number", [1, 3, 8, 24])
def test_the_sign_has_one_petal_per_association(homes: dict[str, HomePage], client: Client, number: int) -> None:
    for place in range(1, number + 1):
        AssociationFactory(order=place)
    page = soup(client.get(homes["fr"].url))
    assert len(page.select(".site-header .ring path")) == number


def test_neighbours_in_the_ring_differ_in_shape_and_hue() -> None:
    petals = Ring([order * 7 % 24 for order in range(1, 12)]).petals
    pairs = zip(petals, [*petals[1:], petals[0]], strict=True)
    assert all(one.outline != other.outline and one.hue != other.hue for one, other in pairs)


def test_a_great_many_associations_share_a_sign_that_stays_light() -> None:
    petals = Ring([order * 7 % 24 for order in range(1, 201)]).petals
    pairs = zip(petals, [*petals[1:], petals[0]], strict=True)
    assert len(petals) == 48
    assert all(one.outline != other.outline for one, other in pairs)


def test_an_association_keeps_its_shape_when_others_join() -> None:
    few, many = Ring([7, 14]), Ring([7, 14, 21, 4])
    assert [petal.outline for petal in few.petals] == [petal.outline for petal in many.petals[:2]]
    assert Petal(7).outline == few.petals[0].outline


def test_the_menu_lists_the_pages_of_its_language(homes: dict[str, HomePage], client: Client) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contacteer")
    french, dutch = (soup(client.get(homes[language].url)) for language in ("fr", "nl"))
    assert [link["href"] for link in french.select(".site-nav__link")].count("/fr/contact/") == 2
    assert "/fr/contact/" not in {link["href"] for link in dutch.select("header a")}


def test_a_standard_page_enters_the_menu_only_when_its_editor_says_so(
    homes: dict[str, HomePage], client: Client
) -> None:
    StandardPageFactory(parent=homes["fr"], title="L'alliance", slug="alliance", show_in_menus=True)
    StandardPageFactory(parent=homes["fr"], title="Vie privée", slug="vie-privee")
    page = soup(client.get(homes["fr"].url))
    assert "L'alliance" in page.header.get_text()
    assert "Vie privée" not in page.header.get_text()
    assert "Vie privée" in page.footer.get_text()


def test_the_switcher_leads_to_the_translation(homes: dict[str, HomePage], client: Client) -> None:
    pages = in_both(StandardPageFactory, homes, fr="alliance", nl="alliantie")
    page = soup(client.get(pages["fr"].url))
    link = page.select_one(".languages a")
    assert (link["href"], link["lang"], link["hreflang"]) == (pages["nl"].url, "nl", "nl")
    assert {link["hreflang"] for link in page.select("link[rel=alternate][hreflang]")} == {"fr", "nl", "x-default"}


def test_the_switcher_says_when_there_is_no_translation(homes: dict[str, HomePage], client: Client) -> None:
    alone = StandardPageFactory(parent=homes["nl"], slug="alleen")
    page = soup(client.get(alone.url))
    link = page.select_one(".languages a")
    assert link["href"] == homes["fr"].url
    assert link.select_one(".languages__note")
    assert {link["hreflang"] for link in page.select("link[rel=alternate][hreflang]")} == {"nl"}


def test_the_frame_needs_the_same_queries_for_ten_times_the_associations(
    homes: dict[str, HomePage], client: Client, count_queries: object
) -> None:
    AssociationFactory(order=1)
    client.get(homes["fr"].url)
    few = count_queries(lambda: client.get(homes["fr"].url))
    for place in range(2, 12):
        AssociationFactory(order=place)
    assert count_queries(lambda: client.get(homes["fr"].url)) == few <= 8


def test_the_alert_is_shown_only_when_there_is_one(homes: dict[str, HomePage], client: Client) -> None:
    assert not soup(client.get(homes["fr"].url)).select(".alert")
    settings = AllianceSettings.load()
    settings.alert_fr = "Nos bureaux sont fermés le 21 juillet."
    settings.save()
    dutch = soup(client.get(homes["nl"].url)).select_one(".alert")
    assert dutch.select_one("[lang=fr]").get_text() == "Nos bureaux sont fermés le 21 juillet."


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_missing_page_says_so_in_the_language_of_its_address(
    homes: dict[str, HomePage], client: Client, language: str
) -> None:
    response = client.get(f"/{language}/rien/")
    page = soup(response)
    assert response.status_code == 404
    assert page.html["lang"] == language
    assert page.select_one(".languages a")["href"] == ("/nl/" if language == "fr" else "/fr/")
    assert page.select_one("meta[name=robots][content=noindex]")


def test_the_page_for_our_own_errors_needs_nothing() -> None:
    page = render_to_string("errors/500.html")
    assert 'lang="fr"' in page
    assert 'lang="nl"' in page
    assert "tel:112" in page


def test_the_style_guide_is_only_for_editors(homes: dict[str, HomePage], client: Client, settings: object) -> None:
    assert client.get("/fr/styleguide/").status_code == 404


def test_the_site_map_lists_every_public_page(homes: dict[str, HomePage], client: Client) -> None:
    page = StandardPageFactory(parent=homes["fr"], slug="une-page")
    association = AssociationFactory(order=1)
    links = {link["href"] for link in soup(client.get("/fr/plan-du-site/")).main.select("a")}
    assert {homes["fr"].url, page.url, association.get_absolute_url()} <= links
