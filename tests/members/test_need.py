"""Find help: the list of needs, and the page of each."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from members.models import Need
from tests.factories.members import (
    AssociationFactory,
    HelplineFactory,
    NeedFactory,
    NeedGroupFactory,
    OutsideAddressFactory,
    ServiceFactory,
    add_contact,
    answer,
    attach,
)
from tests.reading import graph, main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture
def alone() -> Need:
    return NeedFactory(slug_fr="solitude", slug_nl="eenzaam", label_fr="Je suis seul", label_nl="Ik ben alleen")


def test_the_list_shows_needs_by_group_urgent_ones_first(client: Client) -> None:
    group = NeedGroupFactory(slug_fr="groupe", name_fr="Un groupe")
    NeedFactory(group=group, label_fr="Calme", order=1)
    NeedFactory(group=group, label_fr="Pressé", order=2, is_urgent=True)
    NeedFactory(group=group, label_fr="Caché", live=False)
    page = soup(client.get("/fr/trouver/"))
    links = page.select("section[aria-labelledby=groupe] a")
    assert [next(link.stripped_strings) for link in links] == ["Pressé", "Calme"]
    assert page.select_one('nav a[href="#groupe"]').get_text(strip=True) == "Un groupe"
    assert page.find(id="groupe")


def test_the_list_begins_with_the_emergency_services(client: Client, alone: Need) -> None:
    HelplineFactory(number="112", kind="emergency")
    HelplineFactory(number="107")
    assert [link["href"] for link in soup(client.get("/fr/trouver/")).main.select(".phone")] == ["tel:112"]


def test_each_language_has_its_own_slug(client: Client, alone: Need) -> None:
    assert "Je suis seul" in main_text(client.get("/fr/trouver/solitude/"))
    assert "Ik ben alleen" in main_text(client.get("/nl/vinden/eenzaam/"))
    response = client.get("/nl/vinden/solitude/")
    assert (response.status_code, response["Location"]) == (301, "/nl/vinden/eenzaam/")
    assert client.get("/fr/trouver/eenzaam/")["Location"] == "/fr/trouver/solitude/"


def test_what_is_not_public_is_not_there(client: Client) -> None:
    NeedFactory(slug_fr="brouillon", slug_nl="klad", live=False)
    NeedFactory(slug_fr="retire", slug_nl="weg", live=False, first_published_at=timezone.now())
    assert client.get("/fr/trouver/brouillon/").status_code == 404
    assert client.get("/nl/vinden/brouillon/").status_code == 404
    assert client.get("/fr/trouver/retire/").status_code == 410


def test_an_urgent_need_begins_with_numbers_to_call(client: Client) -> None:
    need = NeedFactory(is_urgent=True)
    attach(need, HelplineFactory(number="0800 30 030"), HelplineFactory(number="112", kind="emergency"))
    page = soup(client.get(need.get_absolute_url()))
    assert [link["href"] for link in page.main.select(".phone")] == ["tel:112", "tel:+3280030030"]
    assert page.main.h2["id"] == "helplines"


def test_an_urgent_need_without_a_number_of_its_own_begins_with_the_emergency_services(client: Client) -> None:
    HelplineFactory(number="112", kind="emergency")
    need = NeedFactory(is_urgent=True)
    attach(need, HelplineFactory(number="0470 11 22 33", verified_on=None), HelplineFactory(number=""))
    page = soup(client.get(need.get_absolute_url()))
    assert page.main.h2["id"] == "helplines"
    assert [link["href"] for link in page.select("[aria-labelledby=helplines] .phone")] == ["tel:112"]


def test_where_nobody_answers_the_help_lines_come_first(client: Client, alone: Need) -> None:
    attach(alone, HelplineFactory())
    assert soup(client.get(alone.get_absolute_url())).main.h2["id"] == "helplines"
    answer(alone, AssociationFactory())
    page = soup(client.get(alone.get_absolute_url())).main
    assert [page.h2["id"], len(page.select("#helplines"))] == ["answers", 1]


def test_a_help_line_without_number_is_a_link_and_an_unverified_one_nothing(client: Client, alone: Need) -> None:
    attach(
        alone,
        HelplineFactory(number="", url="https://chat.example/", name_fr="Le tchat"),
        HelplineFactory(number="0470 11 22 33", verified_on=None),
    )
    response = client.get(alone.get_absolute_url())
    assert soup(response).main.find("a", href="https://chat.example/").get_text(strip=True) == "Le tchat"
    assert "0470" not in response.content.decode()


def test_who_answers_comes_best_first_and_each_once(client: Client, alone: Need) -> None:
    first, second = AssociationFactory(short_name_fr="Une", order=9), AssociationFactory(short_name_fr="Deux", order=1)
    visit = ServiceFactory(association=first, label_fr="Visites", covers_region=True, how_to_start_fr="Téléphonez.")
    hidden = ServiceFactory(association=first, label_fr="Douteux", verified_on=None)
    for one, service in ((first, visit), (second, None), (first, hidden)):
        answer(alone, one, service)
    add_contact(first, "02 537 98 66")
    response = client.get(alone.get_absolute_url())
    assert [title.get_text(strip=True) for title in soup(response).select(".answer__title")] == ["Une", "Deux"]
    text = main_text(response)
    assert "Visites" in text
    assert "Téléphonez." in text
    assert "Douteux" not in text


def test_an_unpublished_association_answers_nothing(client: Client, alone: Need) -> None:
    answer(alone, AssociationFactory(short_name_fr="Partie", live=False))
    assert "Partie" not in main_text(client.get(alone.get_absolute_url()))


@pytest.mark.parametrize("coverage", ["partial", "none"])
def test_coverage_is_said(client: Client, coverage: str) -> None:
    need = NeedFactory(coverage=coverage)
    if coverage == "partial":
        answer(need, AssociationFactory())
    assert soup(client.get(need.get_absolute_url())).select("section[aria-labelledby=answers] .notice")


def test_it_is_never_a_dead_end(client: Client, alone: Need) -> None:
    other = NeedFactory(group=alone.group)
    HelplineFactory(number="112", kind="emergency")
    attach(alone, OutsideAddressFactory(name_fr="Médibus", phone="02 309 54 13"))
    page = soup(client.get(alone.get_absolute_url()))
    links = [link["href"] for link in page.main.find_all("a")]
    for way_on in (other.get_absolute_url(), "tel:112", "tel:+3223095413", "/fr/trouver/", "/fr/contact/"):
        assert way_on in links


def test_the_title_tells_nothing_to_who_reads_the_history(client: Client) -> None:
    need = NeedFactory(is_urgent=True, label_fr="Je subis des violences")
    assert "violences" not in soup(client.get(need.get_absolute_url())).title.get_text()


def test_search_engines_learn_who_helps(client: Client, alone: Need) -> None:
    helper = AssociationFactory(short_name_fr="Une")
    add_contact(helper, "02 537 98 66")
    add_contact(helper, "02 111 11 11", verified_on=None)
    answer(alone, helper)
    service, way = graph(client.get(alone.get_absolute_url()))
    assert service["@type"] == "Service"
    assert service["provider"][0]["telephone"] == ["+3225379866"]
    assert way["@type"] == "BreadcrumbList"


def test_an_editor_sees_the_page_before_it_is_public(alone: Need) -> None:
    answer(alone, AssociationFactory())
    assert alone.make_preview_request().status_code == 200


def test_a_need_cannot_take_the_address_of_the_finder() -> None:
    need = NeedFactory(slug_fr="seul", slug_nl="alleen")
    need.clean()
    need.slug_nl = "antwoord"

    with pytest.raises(ValidationError) as refused:
        need.clean()

    assert list(refused.value.message_dict) == ["slug_nl"]
