"""The list of associations and its filters."""

import pytest
from django.test import Client

from members.components import AT_ONCE
from members.models import Association
from tests.factories.members import (
    AssociationFactory,
    AudienceFactory,
    CommuneFactory,
    NeedFactory,
    ServiceFactory,
    answer,
)
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


def shown(client: Client, query: str = "", url: str = "/fr/membres/") -> list[str]:
    """The names of the associations that the page shows."""
    titles = soup(client.get(url + query)).main.select(".card__title")
    return [title.get_text(strip=True) for title in titles]


def association(name: str, *, audiences: tuple = (), communes: tuple = (), **service: object) -> Association:
    """An association with one service."""
    made = AssociationFactory(short_name_fr=name, short_name_nl=name)
    offered = ServiceFactory(association=made, **service)
    offered.audiences.set(audiences)
    offered.communes.set(communes)
    offered.save()
    return made


def test_it_shows_every_public_association(client: Client) -> None:
    AssociationFactory(short_name_fr="B", order=2)
    AssociationFactory(short_name_fr="A", order=1)
    AssociationFactory(short_name_fr="Cachée", live=False)
    assert shown(client) == ["A", "B"]
    assert main_text(client.get("/fr/membres/")).count("Cachée") == 0


def test_an_audience_finds_its_services_and_those_for_everyone(client: Client) -> None:
    old, young = AudienceFactory(slug="aines"), AudienceFactory()
    everyone = AudienceFactory(is_everyone=True)
    association("Aînés", audiences=(old,))
    association("Jeunes", audiences=(young,))
    association("Ouvert", is_for_everyone=True)
    association("Tous", audiences=(everyone,))
    association("Non vérifié", audiences=(old,), verified_on=None)
    assert shown(client, "?audience=aines") == ["Aînés", "Ouvert", "Tous"]
    assert shown(client, "?audience=aines", "/nl/leden/") == ["Aînés", "Ouvert", "Tous"]


def test_a_commune_finds_those_nearby_and_marks_those_of_unknown_area(client: Client) -> None:
    uccle, forest = CommuneFactory(slug="uccle"), CommuneFactory()
    association("Inconnue")
    association("Uccle", communes=(uccle,))
    association("Forest", communes=(forest,))
    association("Région", covers_region=True)
    assert shown(client, "?commune=uccle") == ["Uccle", "Région", "Inconnue"]
    cards = soup(client.get("/fr/membres/?commune=uccle")).main.select(".card")
    assert [bool(card.select(".tag")) for card in cards] == [False, False, True]


def test_audience_and_commune_must_fit_the_same_service(client: Client) -> None:
    old, young = AudienceFactory(slug="aines"), AudienceFactory()
    uccle, forest = CommuneFactory(slug="uccle"), CommuneFactory()
    made = association("Deux services", audiences=(old,), communes=(forest,))
    other = ServiceFactory(association=made)
    other.audiences.set([young])
    other.communes.set([uccle])
    other.save()
    assert shown(client, "?audience=aines&commune=uccle") == []


def test_a_kind_of_help_is_a_group_of_needs(client: Client) -> None:
    need = NeedFactory(group__slug_fr="solitude", group__slug_nl="eenzaamheid")
    answer(need, association("Voisins"))
    association("Autres")
    assert shown(client, "?help=solitude") == ["Voisins"]
    assert shown(client, "?help=eenzaamheid", "/nl/leden/") == ["Voisins"]


def test_it_says_how_many_and_keeps_the_choice(client: Client) -> None:
    AudienceFactory(slug="aines")
    association("Ouvert", is_for_everyone=True)
    page = soup(client.get("/fr/membres/?audience=aines"))
    assert page.select_one("option[selected][value=aines]")
    assert page.find(id="count").get_text().strip().startswith("1 ")


def test_an_empty_result_leads_to_help(client: Client) -> None:
    AudienceFactory(slug="aines")
    page = soup(client.get("/fr/membres/?audience=aines"))
    links = [link["href"] for link in page.main.select("section a")]
    assert links == ["/fr/trouver/", "/fr/membres/"]


@pytest.mark.parametrize(
    "query", ["?audience=inconnu", "?commune=%00", "?help=<script>alert(1)</script>", "?audience="]
)
def test_an_unknown_choice_is_told_and_left_aside(client: Client, query: str) -> None:
    association("Ouvert", is_for_everyone=True)
    response = client.get("/fr/membres/" + query)
    assert response.status_code == 200
    assert shown(client, query) == ["Ouvert"]
    assert bool(soup(response).select(".errorlist")) == (query != "?audience=")
    assert "<script>alert" not in response.content.decode()


def test_a_filtered_list_is_known_by_its_plain_address(client: Client) -> None:
    AudienceFactory(slug="aines")
    page = soup(client.get("/fr/membres/?audience=aines"))
    assert page.find("link", rel="canonical")["href"] == "http://testserver/fr/membres/"


def many(number: int) -> None:
    Association.objects.bulk_create(
        Association(slug=f"une-{place}", name_fr=f"Une {place}", short_name_fr=f"Une {place}", order=place)
        for place in range(number)
    )


def test_as_many_as_fit_stand_on_one_page(client: Client) -> None:
    many(AT_ONCE)
    page = soup(client.get("/fr/membres/"))
    assert len(page.main.select(".card__title")) == AT_ONCE
    assert not page.select(".pagination")


def test_a_great_many_have_pages_that_keep_what_was_chosen(client: Client) -> None:
    many(AT_ONCE + 2)
    assert len(shown(client)) == AT_ONCE
    assert shown(client, "?page=2") == [f"Une {AT_ONCE}", f"Une {AT_ONCE + 1}"]
    page = soup(client.get("/fr/membres/?commune=&page=2"))
    assert page.find("a", rel="prev")["href"] == "?commune=&page=1#list"
    assert page.find("link", rel="canonical")["href"] == "http://testserver/fr/membres/?page=2"
    assert f"{AT_ONCE + 2} associations" in page.main.get_text()


@pytest.mark.parametrize("number", ["2", "0", "x", "-1"])
def test_a_page_that_there_is_not_is_not_found(client: Client, number: str) -> None:
    many(3)
    assert client.get(f"/fr/membres/?page={number}").status_code == 404


@pytest.mark.parametrize("url", ["/fr/", "/fr/plan-du-site/"])
def test_other_pages_show_the_first_of_a_great_many_and_lead_to_all(client: Client, url: str) -> None:
    many(AT_ONCE)
    all_there = soup(client.get(url)).main
    many_more = Association(slug="derniere", name_fr="Dernière", short_name_fr="Dernière", order=AT_ONCE)
    many_more.save()
    page = soup(client.get(url)).main
    assert [len(one.select("a[href^='/fr/membres/une-']")) for one in (all_there, page)] == [AT_ONCE, AT_ONCE]
    assert not all_there.select(".section__more a[href='/fr/membres/']")
    assert page.select(".section__more a[href='/fr/membres/']")
