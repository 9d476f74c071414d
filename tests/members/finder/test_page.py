"""The finder's page, without JavaScript and as finder.js asks for it: what a visitor sees, and what stays behind."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.models import Need
from tests.factories.members import (
    AssociationFactory,
    CommuneFactory,
    HelplineFactory,
    NeedFactory,
    OutsideAddressFactory,
    ServiceFactory,
    add_contact,
    answer,
    attach,
)
from tests.reading import errors, main_text, options, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexes", "_words_only")]

NOTHING = "xyzzy plugh"
Ask = Callable[..., HttpResponse]


@pytest.fixture
def _words_only(settings: Any) -> None:
    settings.FINDER_ENCODER = ""


@pytest.fixture
def ask(client: Client) -> Ask:
    """Send the box, as a browser without scripts does."""

    def send(words: str, language: str = "fr", live: str = "", **choices: str) -> HttpResponse:
        with override(language):
            address = reverse("members:finder")
        return client.post(address, {"words": words, **choices}, headers={"X-Live": live} if live else {})

    return send


@pytest.fixture
def _others() -> None:
    """Needs beside the one that is looked for, so that words can tell them apart."""
    for words in ("papiers de séjour", "apprendre le français", "trouver un logement"):
        NeedFactory(label_fr=words, label_nl=f"{words} (nl)")


@pytest.fixture
def alone(_others: None) -> Need:
    return NeedFactory(
        label_fr="Je me sens seul",
        label_nl="Ik voel me eenzaam",
        synonyms_fr=["solitude", "personne ne vient me voir"],
        synonyms_nl=["eenzaamheid"],
    )


def titles(response: HttpResponse) -> list[str]:
    return [title.a.get_text(strip=True) for title in soup(response).select(".match__title")]


def test_it_answers_without_scripts_and_leaves_no_trace(ask: Ask, alone: Need) -> None:
    helper = AssociationFactory(short_name_fr="Une oreille")
    add_contact(helper, "02 537 98 66")
    answer(alone, helper)
    response = ask("solitude")
    assert titles(response)[0] == "Je me sens seul"
    page = soup(response).main
    assert page.select_one(".match .phone")["href"] == "tel:+3225379866"
    assert alone.get_absolute_url() in [link["href"] for link in page.find_all("a")]
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert not response.wsgi_request.GET
    assert "noindex" in soup(response).find("meta", attrs={"name": "robots"})["content"]
    assert "solitude" not in soup(response).title.get_text().lower()


def test_what_was_typed_and_chosen_is_kept_on_the_page(ask: Ask, alone: Need) -> None:
    CommuneFactory(slug="ixelles", name_fr="Ixelles")
    page = soup(ask("ma solitude", commune="ixelles"))
    assert page.select_one("[name=words]")["value"] == "ma solitude"
    assert page.select_one("option[selected]")["value"] == "ixelles"
    assert page.select_one("details.finder__more").has_attr("open")


def test_why_a_need_fits_is_said_with_the_words_that_were_typed(ask: Ask, alone: Need) -> None:
    why = soup(ask("Quelle Solitude, demain encore")).select(".match__why q")
    assert "solitude" in [word.get_text().lower() for word in why]
    assert {(word["dir"], word["lang"]) for word in why} == {("auto", "")}


@pytest.mark.parametrize("words", ["", "   ", "seul " * 200])
def test_a_mistake_is_told_next_to_the_field(ask: Ask, alone: Need, words: str) -> None:
    response = ask(words)
    assert response.status_code == 422
    assert errors(response)["words"]
    field = soup(response).select_one("[name=words]")
    assert field["aria-invalid"] == "true"
    assert soup(response).find(id=field["aria-describedby"])
    assert response.headers["Cache-Control"] == "no-store, private"


def test_an_unknown_choice_is_told_next_to_it(ask: Ask, alone: Need) -> None:
    CommuneFactory(slug="ixelles")
    assert list(errors(ask("solitude", commune="atlantis"))) == ["commune"]


def test_urgent_numbers_come_before_everything(ask: Ask, _others: None) -> None:
    danger = NeedFactory(label_fr="Mon mari me frappe", is_urgent=True)
    answer(danger, AssociationFactory())
    attach(danger, HelplineFactory(number="0800 30 030"), HelplineFactory(number="112", kind="emergency"))
    page = soup(ask("mon mari me frappe")).select_one(".finder-result")
    assert [link["href"] for link in page.select("a")][:2] == ["tel:112", "tel:+3280030030"]
    assert len(page.select(".helpline")) == 2
    assert page["data-says"].startswith("U")


def test_a_place_narrows_the_answer(ask: Ask, alone: Need) -> None:
    here, there = CommuneFactory(slug="ixelles", name_fr="Ixelles"), CommuneFactory(slug="jette", name_fr="Jette")
    names = {"Loin": there, "Inconnue": None, "Proche": here}
    for name, commune in names.items():
        service = ServiceFactory(association=AssociationFactory(short_name_fr=name))
        service.communes.set([commune] if commune else [])
        service.save()
        answer(alone, service.association, service)
    for response in (ask("solitude à Ixelles"), ask("solitude", commune="ixelles")):
        match = soup(response).select_one(".match")
        shown = [title.get_text(strip=True) for title in match.select(".answer__title")]
        assert shown == ["Proche", "Inconnue", "Loin"]
        groups = match.select(".answers")
        assert len(groups) == 2
        assert "Ixelles" in match.select(".answer")[1].select_one(".answer__doubts").get_text()
        assert "Ixelles" in groups[1].find_previous("h4").get_text()


def test_what_nobody_told_about_languages_is_said(ask: Ask, alone: Need) -> None:
    for name, spoken in (("Muette", []), ("Francophone", ["fr"]), ("Arabophone", ["ar"])):
        service = ServiceFactory(association=AssociationFactory(short_name_fr=name), spoken_languages=spoken)
        answer(alone, service.association, service)
    response = ask("solitude", spoken="ar")
    answers = soup(response).select(".match .answer")
    assert [one.select_one(".answer__title").get_text(strip=True) for one in answers] == [
        "Arabophone",
        "Muette",
        "Francophone",
    ]
    assert [len(one.select(".answer__doubts li")) for one in answers] == [1, 2, 2]  # the hours are known of none
    assert len(options(response, "spoken")) == 3


def test_a_service_that_is_not_open_says_so(ask: Ask, alone: Need) -> None:
    service = ServiceFactory(status="suspended", label_fr="Visites")
    answer(alone, service.association, service)
    assert soup(ask("solitude")).select_one(".match .service .tag").get_text(strip=True)


def test_a_place_alone_asks_what_it_is_about(ask: Ask, alone: Need) -> None:
    CommuneFactory(slug="ixelles", name_fr="Ixelles")
    response = ask("Ixelles")
    assert titles(response) == []
    assert "Ixelles" in soup(response).select_one(".finder-result .lede").get_text()


def test_nothing_found_is_not_a_dead_end(ask: Ask, alone: Need) -> None:
    HelplineFactory(number="112", kind="emergency")
    HelplineFactory(number="107")
    HelplineFactory(number="0470 11 22 33", verified_on=None)
    OutsideAddressFactory(name_fr="Médibus", phone="02 309 54 13")
    response = ask(NOTHING)
    assert titles(response) == []
    addresses = [link["href"] for link in soup(response).select(".finder-result a")]
    assert {"tel:112", "tel:107", "tel:+3223095413"} <= set(addresses)
    assert f"/fr/trouver/#{alone.group.slug_fr}" in addresses
    assert "0470" not in main_text(response)


@pytest.mark.parametrize("live", ["typing", "asked"])
def test_scripts_get_the_answer_alone(ask: Ask, alone: Need, live: str) -> None:
    response = ask("solitude", live=live)
    assert "<html" not in response.content.decode()
    assert "Je me sens seul" in soup(response).select_one(".finder-result")["data-says"]
    assert response.headers["Cache-Control"] == "no-store, private"
    assert not response.cookies
    mistake = ask("", live=live)
    assert mistake.status_code == 422
    assert soup(mistake).select_one("ul.errorlist")["id"] == "finder_words_error"


def test_only_what_was_asked_is_kept_for_editors(ask: Ask, alone: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr("members.finder.views.keep_unanswered", lambda words, *_more: kept.append(words))
    for live in ("typing", "asked", ""):
        ask(NOTHING, live=live)
    assert len(kept) == 2


def test_it_answers_in_dutch(ask: Ask, alone: Need) -> None:
    response = ask("eenzaamheid", language="nl")
    assert titles(response) == ["Ik voel me eenzaam"]
    assert soup(response).html["lang"] == "nl"


def test_whoever_only_follows_the_address_is_led_to_the_box(client: Client) -> None:
    for language, box in (("fr", "/fr/trouver/"), ("nl", "/nl/vinden/")):
        with override(language):
            response = client.get(reverse("members:finder"), {"words": "secret"})
        assert (response.status_code, response["Location"]) == (302, box)


@pytest.mark.parametrize("address", ["/fr/", "/fr/trouver/", "/nl/vinden/"])
def test_the_box_needs_neither_cookie_nor_token(client: Client, address: str) -> None:
    CommuneFactory()
    response = client.get(address)
    form = soup(response).select_one("form.finder")
    assert form["method"] == "post"
    assert not form.select("[type=hidden]")
    assert form.select_one("[name=words]")["dir"] == "auto"
    # No browser remembers the choices, or sends the words to its maker to be spelled.
    assert form["autocomplete"] == form.select_one("[name=words]")["autocomplete"] == "off"
    assert form.select_one("[name=words]")["spellcheck"] == "false"
    assert bool(form.select("select")) == (address != "/fr/")
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]


def test_one_can_leave_quickly_without_scripts(client: Client, ask: Ask, alone: Need) -> None:
    for response in (client.get("/fr/trouver/"), client.get(alone.get_absolute_url()), ask("solitude")):
        link = soup(response).select_one(".leave__link")
        assert link["href"] == "https://www.meteo.be/fr"
        assert set(link["rel"]) == {"noreferrer", "nofollow"}


@pytest.mark.parametrize("words", ["solitude à Ixelles", NOTHING])
def test_queries_stay_the_same(
    ask: Ask, alone: Need, count_queries: Callable, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr("members.finder.views.keep_unanswered", lambda *_more: None)  # which writes, after the answer
    commune = CommuneFactory(slug="ixelles", name_fr="Ixelles")

    def grow(number: int) -> None:
        for place in range(number):
            service = ServiceFactory(spoken_languages=["fr"])
            service.communes.set([commune])
            service.save()
            answer(alone, service.association, service)
            add_contact(service.association, f"02 000 00 {place:02}")
            attach(alone, HelplineFactory(), HelplineFactory(number="112", kind="emergency"), OutsideAddressFactory())

    grow(1)
    ask(words)  # the finder reads its phrases anew
    before, size = count_queries(lambda: ask(words)), len(ask(words).content)
    grow(9)
    ask(words)
    assert count_queries(lambda: ask(words)) == before
    assert before <= 10
    assert len(ask(words).content) > size
