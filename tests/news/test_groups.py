"""Working groups: their list, each one's page, and their articles."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import User
from news.enums import Joining
from tests.factories.groups import GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db
LIST = "/fr/espace/groupes/"


@pytest.fixture
def person(client: Client, homes: object) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def test_the_list_shows_open_groups_and_ones_own_first(client: Client, person: User) -> None:
    WorkingGroupFactory(name_fr="Autres")
    mine = WorkingGroupFactory(name_fr="Miens", is_open=False)
    mine.members.add(person)
    mine.save()
    WorkingGroupFactory(name_fr="Fermé", is_open=False)

    page = soup(client.get(LIST))

    assert [title.get_text(strip=True) for title in page.select(".card__title")] == ["Miens", "Autres"]


def test_a_group_page_tells_who_when_and_what(client: Client, person: User) -> None:
    group = WorkingGroupFactory()
    group.coordinators.add(UserFactory(first_name="Zoë", phone="02 123 45 67"))
    group.save()
    MeetingFactory(group=group, title_fr="À venir", agenda_fr="<p>Ordre du jour utile</p>", place_fr="Salle bleue")
    MeetingFactory(group=group, title_fr="Annulée", is_cancelled=True)
    MeetingFactory(group=group, title_fr="Avant", starts_at=timezone.now() - timedelta(days=9))
    GroupNewsPageFactory(group=group, title="Un article")

    response = client.get(group.get_absolute_url())

    shown = main_text(response)
    for words in ("Zoë", "À venir", "Ordre du jour utile", "Salle bleue", "Avant", "Un article", group.purpose_fr):
        assert words in shown
    assert soup(response).select_one(".colleague .phone")["href"] == "tel:+3221234567"
    assert soup(response).find("h3", string="Annulée").find_previous_sibling().select_one(".tag")


@pytest.mark.parametrize(
    ("hours", "days"), [(2, ["lundi 3 mai 2027"]), (30, ["lundi 3 mai 2027", "mardi 4 mai 2027"])]
)
def test_a_meeting_says_its_last_day_where_that_is_another(
    client: Client, person: User, hours: int, days: list[str]
) -> None:
    start = timezone.make_aware(datetime(2027, 5, 3, 10))
    meeting = MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=hours))

    shown = soup(client.get(meeting.group.get_absolute_url())).select(".meeting time")

    assert [time.get_text(strip=True).split(",")[0] for time in shown] == days


def test_a_closed_group_does_not_exist_for_others(client: Client, person: User) -> None:
    closed = WorkingGroupFactory(is_open=False)
    for language in ("fr", "nl"):
        assert client.get(closed.get_absolute_url(language)).status_code == 404
        assert Client().get(closed.get_absolute_url(language)).status_code == 302


def test_the_switcher_leads_to_the_group_in_the_other_language(client: Client, person: User) -> None:
    group = WorkingGroupFactory(slug_fr="qualite", slug_nl="kwaliteit")

    dutch = soup(client.get(group.get_absolute_url("fr"))).select_one(".languages a")["href"]

    assert dutch == "/nl/ruimte/groepen/kwaliteit/"
    assert soup(client.get(dutch)).html["lang"] == "nl"
    assert client.get("/nl/ruimte/groepen/qualite/").status_code == 404


def test_only_the_coordination_is_offered_to_write(client: Client, person: User) -> None:
    group = WorkingGroupFactory()
    GroupNewsPageFactory(group=group)

    assert not soup(client.get(group.get_absolute_url())).select("a[href^='/admin/pages/add/']")
    group.coordinators.add(person)
    group.save()
    assert soup(client.get(group.get_absolute_url())).select("a[href^='/admin/pages/add/']")


def test_an_article_is_read_where_its_group_is_seen(client: Client, person: User) -> None:
    group = WorkingGroupFactory()
    article = GroupNewsPageFactory(group=group, title="Lu ensemble", body=[("text", "<p>Le corps</p>")])

    response = client.get(article.url)
    assert "Lu ensemble" in main_text(response)
    assert "Le corps" in main_text(response)
    assert "no-store" in response["Cache-Control"]
    assert soup(response).select_one("meta[name=robots]")["content"] == "noindex"
    assert Client().get(article.url).status_code == 302

    group.is_open, group.joining = False, Joining.BY_INVITATION
    group.save()
    assert client.get(article.url).status_code in (403, 404)


def test_articles_are_paged(client: Client, person: User) -> None:
    group = WorkingGroupFactory()
    for _ in range(11):
        GroupNewsPageFactory(group=group)

    first = soup(client.get(group.get_absolute_url()))

    assert len(first.select(".news-item")) == 10
    second = client.get(group.get_absolute_url() + first.select_one(".pagination [rel=next]")["href"])
    assert len(soup(second).select(".news-item")) == 1


@pytest.mark.parametrize("query", ["page=9", "page=0", "page=x", "page=99999999999999999999"])
def test_a_page_of_articles_that_there_is_not_is_not_found(client: Client, person: User, query: str) -> None:
    assert client.get(f"{WorkingGroupFactory().get_absolute_url()}?{query}").status_code == 404


def test_what_people_write_is_text_not_markup(client: Client, person: User) -> None:
    group = WorkingGroupFactory(name_fr="<script>alert(1)</script>", purpose_fr="<img src=x onerror=alert(1)>")
    MeetingFactory(group=group, title_fr="<script>alert(2)</script>", link="https://example.org/?a=1&b=2")

    for url in (LIST, group.get_absolute_url(), "/fr/espace/"):
        content = client.get(url).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content


def fill(number: int, group: object) -> None:
    for _ in range(number):
        other = WorkingGroupFactory()
        other.coordinators.add(UserFactory())
        other.save()
        group.coordinators.add(UserFactory())
        MeetingFactory(group=group)
        MeetingFactory(group=group, starts_at=timezone.now() - timedelta(days=9))
        GroupNewsPageFactory(group=group)
    group.save()


@pytest.mark.parametrize("page", ["list", "group", "article"])
def test_the_number_of_queries_does_not_grow(client: Client, person: User, count_queries: object, page: str) -> None:
    group = WorkingGroupFactory()
    fill(1, group)
    url = {"list": LIST, "group": group.get_absolute_url(), "article": group.articles.get().url}[page]
    client.get(url)
    few = count_queries(lambda: client.get(url))
    fill(9, group)

    assert count_queries(lambda: client.get(url)) == few <= 15
