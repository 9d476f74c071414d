"""The list of tools: what is in it, filters, paging."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import options, soup

pytestmark = pytest.mark.django_db
LIST = "/fr/espace/bibliotheque/"


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def titles(client: Client, query: str = "") -> list[str]:
    page = soup(client.get(LIST + query))
    return [title.get_text(strip=True) for title in page.select(".tool-item__title")]


def test_tools_come_newest_first_with_format_and_language(signed_in: Client) -> None:
    old = ToolFactory(title="Ancien", updated_on="2024-01-01")
    with_file(ToolFactory(title="Récent", language="nl"))

    page = soup(signed_in.get(LIST))

    assert titles(signed_in) == ["Récent", "Ancien"]
    assert "PDF" in page.select_one(".tool-item").get_text()
    assert page.select_one(".tool-item__title a")["lang"] == "nl"
    assert page.find("a", string="Ancien")["href"] == old.get_absolute_url()


def test_each_filter_narrows_and_says_how_many(signed_in: Client) -> None:
    kind, theme, owner = ToolTypeFactory(slug="profil"), ThemeFactory(slug="finances"), EmployerFactory(slug="gamma")
    wanted = ToolFactory(title="Voulu", type=kind, association=owner, language="nl")
    wanted.themes.set([theme])
    wanted.save()
    ToolFactory(title="Autre")

    for query in ("?type=profil", "?theme=finances", "?association=gamma", "?language=nl"):
        assert titles(signed_in, query) == ["Voulu"], query
    assert titles(signed_in, "?type=profil&language=fr") == []
    assert "Genre profil (1)" in options(signed_in.get(LIST), "type")


def test_a_filter_that_nothing_has_is_said_and_not_applied(signed_in: Client) -> None:
    ToolFactory(title="Seul")

    response = signed_in.get(LIST + "?type=inconnu&page=99")

    assert response.status_code == 200
    assert "Seul" in response.content.decode()
    assert soup(response).select_one("[name=type]").find_parent(class_="field--error")


def test_a_long_list_is_paged_and_keeps_its_filters(signed_in: Client) -> None:
    owner = EmployerFactory(slug="delta")
    ToolFactory.create_batch(21, association=owner)

    first = soup(signed_in.get(LIST + "?association=delta"))

    assert len(first.select(".tool-item")) == 20
    following = first.select_one(".pagination [rel=next]")["href"]
    assert "association=delta" in following
    assert len(titles(signed_in, following)) == 1


def test_nothing_in_the_list_tells_of_tools_that_one_may_not_see(signed_in: Client) -> None:
    secret_type, secret_theme = ToolTypeFactory(slug="secret"), ThemeFactory(slug="caché")
    group = WorkingGroupFactory(is_open=False)
    for sharing in ({"sharing": "association"}, {"sharing": "groups", "groups": [group]}):
        tool = ToolFactory(title="Invisible", type=secret_type, association__slug=f"a{sharing['sharing']}", **sharing)
        tool.themes.set([secret_theme])
        tool.save()
    ToolFactory(title="Visible", language="fr")

    response = signed_in.get(LIST)

    assert titles(signed_in) == ["Visible"]
    for name in ("type", "theme", "association"):
        assert all("(1)" in option or "(" not in option for option in options(response, name))
        assert not any("secret" in option or "caché" in option for option in options(response, name))
    assert "aassociation" not in response.content.decode()
    assert titles(signed_in, "?type=secret") == []


def test_an_empty_library_says_so(signed_in: Client) -> None:
    assert soup(signed_in.get(LIST)).select_one(".empty .ring--empty")


def test_what_people_write_is_text_not_markup(signed_in: Client) -> None:
    tool = ToolFactory(title="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>')

    for url in (LIST, tool.get_absolute_url(), "/fr/espace/"):
        content = signed_in.get(url).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content


def test_both_languages_lead_to_each_other(signed_in: Client) -> None:
    tool = ToolFactory()
    for french in (LIST, tool.get_absolute_url("fr")):
        dutch = soup(signed_in.get(french)).select_one(".languages a[hreflang=nl]")["href"]
        with override("nl"):
            assert dutch in (reverse("library:tools"), tool.get_absolute_url("nl"))
        assert soup(signed_in.get(dutch)).html["lang"] == "nl"


@pytest.mark.parametrize("url", [LIST, LIST + "?language=fr"])
def test_the_number_of_queries_does_not_grow(
    homes: object, signed_in: Client, count_queries: object, url: str
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            tool = ToolFactory()
            tool.themes.set([ThemeFactory()])
            tool.save()
            with_file(tool)

    fill(1)
    signed_in.get(url)
    few = count_queries(lambda: signed_in.get(url))
    fill(15)

    assert count_queries(lambda: signed_in.get(url)) == few <= 18
