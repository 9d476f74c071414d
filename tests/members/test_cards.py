"""The card to hand over: of a need and of an association, in one language or both, with nothing unverified."""

import re
from datetime import date

import pytest
import segno
from bs4 import Tag
from django.test import Client
from django.utils import timezone

from members.models import Association, Need
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
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes")]

CARD = "/fr/trouver/tomber/carte/"
KAART = "/nl/vinden/vallen/kaart/"


@pytest.fixture
def csd() -> Association:
    association = AssociationFactory(slug="csd", short_name_fr="CSD Bruxelles", short_name_nl="CSD Brussel")
    add_contact(association, "02 537 98 66", hours_fr="24 h/24", hours_nl="dag en nacht")
    add_contact(association, "https://csdbxl.be/", kind="website")
    return association


@pytest.fixture
def need(csd: Association) -> Need:
    made = NeedFactory(
        slug_fr="tomber",
        slug_nl="vallen",
        label_fr="J'ai peur de tomber",
        label_nl="Ik ben bang om te vallen",
        say_on_phone_fr="Bonjour, j'ai peur.",
        say_on_phone_nl="Goedendag, ik ben bang.",
    )
    service = ServiceFactory(association=csd, how_to_start_fr="Téléphonez.", how_to_start_nl="Bel.")
    service.communes.set([CommuneFactory(name_fr="Forest", name_nl="Vorst")])
    service.save()
    answer(made, csd, service)
    return made


def sheets(client: Client, url: str) -> list[Tag]:
    response = client.get(url)
    assert response.status_code == 200
    return soup(response).select(".sheet")


def text(sheet: Tag) -> str:
    return " ".join(sheet.get_text(" ").split())


def test_the_card_of_a_need_says_whom_to_call_and_what_to_say(client: Client, need: Need) -> None:
    (sheet,) = sheets(client, CARD)
    assert sheet["lang"] == "fr"
    assert sheet.h2.get_text() == "J'ai peur de tomber"
    assert sheet.select_one(".phone")["href"] == "tel:+3225379866"
    assert sheet.blockquote.get_text() == "Bonjour, j'ai peur."
    for words in ("CSD Bruxelles", "24 h/24", "csdbxl.be", "Téléphonez.", "Forest", "15 septembre 2026"):
        assert words in text(sheet)
    assert "Bel." not in text(sheet)


def test_the_card_speaks_the_language_of_its_page_unless_another_is_chosen(client: Client, need: Need) -> None:
    (dutch,) = sheets(client, KAART)
    (same,) = sheets(client, f"{CARD}?language=nl")
    assert dutch["lang"] == same["lang"] == "nl"
    for words in ("CSD Brussel", "dag en nacht", "Bel.", "Vorst", "15 september 2026", "Goedendag, ik ben bang."):
        assert words in text(dutch)
        assert words in text(same)


@pytest.mark.parametrize(("paper", "kind"), [("a6", "sheets--a6"), ("a4", "sheets--a4-pair")])
def test_both_languages_stand_each_on_its_own_sheet(client: Client, need: Need, paper: str, kind: str) -> None:
    page = soup(client.get(f"{CARD}?language=both&paper={paper}"))
    assert [sheet["lang"] for sheet in page.select(f".{kind} > .sheet")] == ["fr", "nl"]
    french, dutch = page.select(".sheet")
    assert "Forest" in text(french)
    assert "Vorst" in text(dutch)
    assert page.html["lang"] == "fr"


def test_what_is_known_in_one_language_only_is_marked(client: Client, need: Need) -> None:
    Need.objects.update(say_on_phone_nl="")
    (sheet,) = sheets(client, KAART)
    assert sheet.select_one("blockquote [lang=fr]").get_text() == "Bonjour, j'ai peur."


def test_one_chooses_by_links_that_keep_the_other_choice(client: Client, need: Need) -> None:
    page = soup(client.get(f"{CARD}?language=both&paper=a4"))
    assert [link["href"] for link in page.select(".choices a")] == [
        "?language=fr&paper=a4",
        "?language=nl&paper=a4",
        "?language=both&paper=a4",
        "?language=both&paper=a6",
        "?language=both&paper=a4",
    ]
    assert [link["href"] for link in page.select(".choices [aria-current]")] == ["?language=both&paper=a4"] * 2


@pytest.mark.parametrize("query", ["language=de", "language=", "paper=a5", "language=fr&paper=letter"])
def test_a_language_or_paper_that_there_is_not_is_refused(client: Client, need: Need, query: str) -> None:
    assert client.get(f"{CARD}?{query}").status_code == 404
    assert client.get(f"/fr/membres/csd/carte/?{query}").status_code == 404


def dots(sheet: Tag) -> set[tuple[int, int]]:
    """The dark modules of the code as it is drawn."""
    found = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", sheet.select_one(".qr-code path")["d"]):
        found |= {(int(x) + step, int(y)) for step in range(int(length))}
    return found


@pytest.mark.parametrize(
    ("card", "page"),
    [
        (CARD, "/fr/trouver/tomber/"),
        (KAART, "/nl/vinden/vallen/"),
        ("/fr/membres/csd/carte/", "/fr/membres/csd/"),
        ("/nl/leden/csd/kaart/", "/nl/leden/csd/"),
    ],
)
def test_the_code_leads_to_the_public_page(client: Client, need: Need, card: str, page: str) -> None:
    (sheet,) = sheets(client, card)
    assert client.get(page).status_code == 200
    code = segno.make(f"http://testserver{page}", error="m", micro=False)
    rows = code.matrix_iter(border=2)
    assert dots(sheet) == {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
    assert f"testserver{page}".rstrip("/") in text(sheet)


def test_nothing_unverified_stands_on_a_card(client: Client, need: Need, csd: Association) -> None:
    add_contact(csd, "0470 11 22 33", verified_on=None)
    add_address(csd, "Rue Cachée 1", verified_on=None)
    add_address(csd, "Rue Connue 2")
    ServiceFactory(association=csd, label_fr="Douteux", verified_on=None)
    csd.services.update(hours_fr="Le mardi", papers_fr="Carte d'identité")
    attach(need, HelplineFactory(number="0800 11 111", verified_on=None))
    attach(need, OutsideAddressFactory(phone="02 111 11 11", verified_on=None))
    for url in (CARD, "/fr/membres/csd/carte/"):
        words = text(sheets(client, url)[0])
        assert "Rue Connue 2" in words
        assert "Carte d'identité" in words
        for hidden in ("0470", "Cachée", "Douteux", "Le mardi", "0800", "02 111"):
            assert hidden not in words
    csd.services.update(hours_verified_on=date(2026, 3, 1))
    words = text(sheets(client, CARD)[0])
    assert "Le mardi" in words
    assert "1 mars 2026" in words


def test_an_urgent_need_begins_with_numbers_to_call(client: Client, need: Need) -> None:
    Need.objects.update(is_urgent=True)
    HelplineFactory(number="112", kind="emergency")
    (sheet,) = sheets(client, CARD)
    assert [link["href"] for link in sheet.select(".phone")] == ["tel:112", "tel:+3225379866"]
    attach(need, HelplineFactory(number="107"))
    numbers = [link["href"] for link in sheets(client, CARD)[0].select(".phone")]
    assert numbers == ["tel:107", "tel:+3225379866"]


def test_where_nobody_answers_the_help_lines_come_first_and_no_papers_are_asked(client: Client) -> None:
    need = NeedFactory(coverage="none")
    attach(need, HelplineFactory(number="107"), OutsideAddressFactory(url="https://ailleurs.be/", name_fr="Ailleurs"))
    (sheet,) = sheets(client, f"{need.get_absolute_url('fr')}carte/")
    assert [link["href"] for link in sheet.select("a")] == ["tel:107", "https://ailleurs.be/"]
    assert "ailleurs.be" in text(sheet)
    assert "Association" not in text(sheet).replace("Aucune association", "")


def test_a_card_shows_two_associations_that_one_can_reach_and_tells_of_the_others(client: Client, need: Need) -> None:
    answer(need, AssociationFactory(short_name_fr="Sans numéro"))
    for place in range(3):
        association = AssociationFactory(short_name_fr=f"Numéro {place}")
        add_contact(association, f"02 000 00 0{place}")
        answer(need, association)
    (sheet,) = sheets(client, CARD)
    assert [title.get_text() for title in sheet.select(".sheet__block h3")] == ["CSD Bruxelles", "Numéro 0"]
    assert sheet.select_one(".sheet__block ~ .sheet__small").get_text().startswith("3")


def test_an_association_that_was_hidden_is_on_no_card(client: Client, need: Need, csd: Association) -> None:
    Association.objects.update(live=False)
    assert "CSD" not in text(sheets(client, CARD)[0])


def test_a_long_card_says_less_before_it_grows(client: Client, need: Need, csd: Association) -> None:
    other = AssociationFactory(notice_fr="Attention. " * 30)
    add_contact(other, "02 000 00 00")
    answer(need, other)
    Need.objects.update(advice_fr="Un conseil. " * 40)
    small, large = (sheets(client, f"{CARD}?paper={paper}")[0] for paper in ("a6", "a4"))
    assert "Attention." not in text(small)
    assert "02 000 00 00" in text(small)
    assert "Un conseil." not in text(small)
    assert "Un conseil." in text(large)
    assert small.blockquote.get_text() == large.blockquote.get_text()


def test_the_card_of_an_association_says_what_holds_for_all_its_services(client: Client, csd: Association) -> None:
    add_address(csd, "Rue Connue 2")
    for label, start in (("Repas", "Appelez."), ("Soins", "Demandez une prescription.")):
        ServiceFactory(association=csd, label_fr=label, how_to_start_fr=start, covers_region=True)
    ServiceFactory(association=csd, label_fr="Fermé", status="suspended")
    (sheet,) = sheets(client, "/fr/membres/csd/carte/")
    words = text(sheet)
    assert sheet.h2.get_text() == "CSD Bruxelles"
    for known in ("02 537 98 66", "csdbxl.be", "Rue Connue 2", "Repas", "Soins", "Toutes les communes"):
        assert known in words
    for untold in ("Fermé", "Appelez.", "prescription"):
        assert untold not in words
    assert sheet.blockquote


def test_the_pages_lead_to_their_card_and_back(client: Client, need: Need) -> None:
    for page in ("/fr/trouver/tomber/", "/nl/vinden/vallen/", "/fr/membres/csd/", "/nl/leden/csd/"):
        link = soup(client.get(page)).main.select_one("a[href$='/carte/'], a[href$='/kaart/']")
        card = client.get(link["href"])
        assert card.status_code == 200
        assert soup(card).main.select_one(f"a[href='{page}']")


def test_the_page_of_a_need_says_what_one_can_say(client: Client, need: Need) -> None:
    assert "Bonjour, j'ai peur." in main_text(client.get("/fr/trouver/tomber/"))
    Need.objects.update(say_on_phone_fr="", say_on_phone_nl="")
    page = soup(client.get("/fr/trouver/tomber/"))
    assert not page.select("blockquote")
    assert page.main.select_one("a[href$='/carte/']")


def test_a_card_is_discreet_and_cacheable(client: Client, need: Need) -> None:
    for url in (CARD, "/fr/membres/csd/carte/"):
        response = client.get(url)
        page = soup(response)
        assert "public" in response["Cache-Control"]
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert page.find("meta", {"name": "robots"})["content"] == "noindex"
        assert not re.search("tomber|CSD", page.title.get_text())
        assert not page.select("[style]")
    assert "/carte/" not in client.get("/sitemap.xml").content.decode()


def test_a_card_leads_to_itself_in_the_other_language(client: Client, need: Need) -> None:
    assert soup(client.get(CARD)).find("link", hreflang="nl")["href"].endswith(KAART)
    moved = client.get("/nl/vinden/tomber/kaart/?paper=a4")
    assert (moved.status_code, moved["Location"]) == (301, f"{KAART}?paper=a4")


def test_what_is_not_public_has_no_card(client: Client) -> None:
    NeedFactory(slug_fr="brouillon", live=False)
    NeedFactory(slug_fr="retire", slug_nl="weg", live=False, first_published_at=timezone.now())
    AssociationFactory(slug="brouillon", live=False)
    AssociationFactory(slug="retiree", live=False, first_published_at=timezone.now())
    statuses = {
        "/fr/trouver/brouillon/carte/": 404,
        "/fr/trouver/inconnu/carte/": 404,
        "/fr/trouver/retire/carte/": 410,
        "/nl/vinden/weg/kaart/": 410,
        "/fr/membres/brouillon/carte/": 404,
        "/fr/membres/inconnue/carte/": 404,
        "/fr/membres/retiree/carte/": 410,
    }
    assert {url: client.get(url).status_code for url in statuses} == statuses
