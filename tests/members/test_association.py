"""The public page of an association."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from members.models import Association, ContactPoint, ServiceException
from tests.factories.members import (
    AssociationFactory,
    CommuneFactory,
    NeedFactory,
    ServiceFactory,
    add_address,
    add_contact,
    answer,
)
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.reading import graph, main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]


@pytest.fixture
def csd() -> Association:
    return AssociationFactory(slug="csd", short_name_fr="CSD", short_name_nl="CSD", founded=1985)


def test_it_has_an_address_in_each_language(client: Client, csd: Association) -> None:
    for language, url, plain in (("fr", "/fr/membres/csd/", "Elle aide."), ("nl", "/nl/leden/csd/", "Ze helpt.")):
        response = client.get(url)
        assert soup(response).html["lang"] == language
        assert plain in main_text(response)
        assert csd.get_absolute_url(language) == url


def test_its_alternates_are_the_two_addresses(client: Client, csd: Association) -> None:
    links = soup(client.get("/nl/leden/csd/")).find_all("link", rel="alternate", hreflang=True)
    assert {link["hreflang"]: link["href"] for link in links} == {
        "fr": "http://testserver/fr/membres/csd/",
        "nl": "http://testserver/nl/leden/csd/",
        "x-default": "http://testserver/fr/membres/csd/",
    }


def test_a_text_known_in_one_language_is_marked(client: Client) -> None:
    AssociationFactory(slug="x", notice_fr="Attention", notice_nl="")
    mark = soup(client.get("/nl/leden/x/")).main.find(string="Attention").parent
    assert mark["lang"] == "fr"


def test_a_verified_number_can_be_dialled(client: Client, csd: Association) -> None:
    add_contact(csd, "02 537 98 66")
    response = client.get(csd.get_absolute_url())
    assert soup(response).main.find("a", class_="phone")["href"] == "tel:+3225379866"
    assert graph(response)[0]["telephone"] == ["+3225379866"]


def test_an_unverified_number_is_nowhere(client: Client, csd: Association) -> None:
    add_contact(csd, "02 123 45 67", verified_on=None)
    add_contact(csd, "https://www.csd.example/contact", kind="website")
    need = NeedFactory()
    answer(need, csd)
    for url in (csd.get_absolute_url(), need.get_absolute_url(), "/fr/membres/", "/fr/trouver/", "/sitemap.xml"):
        digits = "".join(filter(str.isdigit, client.get(url).content.decode()))
        assert "1234567" not in digits, url
    text = main_text(client.get(csd.get_absolute_url()))
    assert "confirm" in text
    assert "csd.example" in text


def test_an_unverified_address_is_hidden(client: Client, csd: Association) -> None:
    add_address(csd, "Rue Cachée 1", verified_on=None)
    add_address(csd, "Rue Connue 2")
    content = client.get(csd.get_absolute_url()).content.decode()
    assert "Rue Connue 2" in content
    assert "Rue Cachée" not in content


def test_without_any_contact_the_alliance_answers(client: Client, csd: Association) -> None:
    links = [link["href"] for link in soup(client.get(csd.get_absolute_url())).main.find_all("a")]
    assert "/fr/contact/" in links


def test_a_service_says_what_is_known_and_what_is_not(client: Client, csd: Association) -> None:
    service = ServiceFactory(association=csd, cost_fr="Gratuit", spoken_languages=["fr"])
    service.communes.set([CommuneFactory(name_fr="Uccle"), CommuneFactory(name_fr="Forest")])
    service.save()
    text = main_text(client.get(csd.get_absolute_url()))
    for known in ("Gratuit", "Forest, Uccle", "français"):
        assert known in text
    assert service.label_fr in text


def test_planned_services_are_marked_and_unverified_ones_hidden(client: Client, csd: Association) -> None:
    ServiceFactory(association=csd, label_fr="Bientôt", status="planned")
    ServiceFactory(association=csd, label_fr="Arrêté", status="suspended")
    ServiceFactory(association=csd, label_fr="Douteux", status="unverified")
    ServiceFactory(association=csd, label_fr="Non lu", verified_on=None)
    ServiceFactory(association=csd, label_fr="Brouillon", live=False)
    page = soup(client.get(csd.get_absolute_url()))
    titles = [title.get_text(" ", strip=True) for title in page.main.find_all("h3")]
    assert len(titles) == 2
    assert all(title not in ("Bientôt", "Arrêté") for title in titles)  # each bears its mark


def test_hours_wait_for_their_own_verification(client: Client, csd: Association) -> None:
    ServiceFactory(association=csd, hours_fr="de 9 h à 12 h")
    ServiceFactory(association=csd, hours_fr="le mardi", hours_verified_on=date(2026, 9, 1))
    text = main_text(client.get(csd.get_absolute_url()))
    assert "le mardi" in text
    assert "de 9 h à 12 h" not in text


def test_exceptions_to_the_hours_count_until_they_are_over(client: Client, csd: Association) -> None:
    service, today = ServiceFactory(association=csd), timezone.localdate()
    for days, note in ((-9, "Passé"), (9, "Fermé")):
        day = today + timedelta(days=days)
        ServiceException.objects.create(service=service, starts_on=day, ends_on=day, note_fr=note, note_nl=note)
    text = main_text(client.get(csd.get_absolute_url()))
    assert "Fermé" in text
    assert "Passé" not in text


def test_it_names_its_source(client: Client, csd: Association) -> None:
    Association.objects.filter(pk=csd.pk).update(source_date="2025-09")
    text = main_text(client.get(csd.get_absolute_url()))
    assert "exemple.be" in text
    assert "15 septembre 2026" in text
    assert "2025-09" in text


def test_it_shows_the_needs_it_answers_and_its_news(client: Client, csd: Association, homes: dict[str, Page]) -> None:
    need, hidden = NeedFactory(), NeedFactory(live=False)
    for one in (need, hidden):
        answer(one, csd)
    index = NewsIndexPageFactory(parent=homes["fr"], slug="actualites")
    for values in ({"title": "Une nouvelle"}, {"title": "Un brouillon", "live": False}):
        article = NewsPageFactory(parent=index, **values)
        article.associations.set([csd])
        article.save()
    text = main_text(client.get(csd.get_absolute_url()))
    assert need.label_fr in text
    assert hidden.label_fr not in text
    assert "Une nouvelle" in text
    assert "Un brouillon" not in text


def test_an_unpublished_association_is_gone_and_a_draft_was_never_there(client: Client) -> None:
    AssociationFactory(slug="partie", live=False, first_published_at=timezone.now())
    AssociationFactory(slug="brouillon", live=False)
    assert client.get("/fr/membres/partie/").status_code == 410
    assert client.get("/fr/membres/brouillon/").status_code == 404
    assert client.get("/fr/membres/inconnue/").status_code == 404


def test_search_engines_get_its_facts(client: Client, csd: Association) -> None:
    ngo, way = graph(client.get(csd.get_absolute_url()))
    assert ngo["@type"] == "NGO"
    assert ngo["foundingDate"] == "1985"
    assert [step["item"] for step in way["itemListElement"]][-1] == "http://testserver/fr/membres/csd/"


def test_what_an_editor_types_cannot_break_out(client: Client) -> None:
    evil = "</script><script>alert(1)</script>"
    AssociationFactory(slug="x", plain_fr=evil, description_fr=evil, notice_fr=evil)
    assert "<script>alert" not in client.get("/fr/membres/x/").content.decode()


def test_an_editor_sees_the_page_before_it_is_public(csd: Association) -> None:
    csd.plain_fr = "Une nouvelle phrase."
    assert "Une nouvelle phrase." in main_text(csd.make_preview_request())


@pytest.mark.parametrize(
    ("kind", "value"),
    [("website", "javascript:alert(1)//"), ("form", "data:text/html,x"), ("email", "nobody"), ("phone", "bel ons")],
)
def test_a_contact_point_leads_only_where_a_link_should(kind: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ContactPoint(association=AssociationFactory(), kind=kind, value=value).full_clean()
    assert "value" in refused.value.message_dict
