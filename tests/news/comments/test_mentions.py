"""Naming colleagues: who is meant, who may be named, and what stands where they are."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from news.models import Comment, GroupNewsPage
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import errors, soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("person")]


def named(client: Client, article: GroupNewsPage) -> list[tuple[str, str | None]]:
    """The names in the comments, each with where it leads."""
    names = soup(client.get(article.url)).select(".comment__name")
    return [(name.get_text(strip=True), name.get("href")) for name in names]


def page_of(person: User) -> str:
    return reverse("members:counterpart", args=[person.pk])


@pytest.mark.parametrize(
    "typed",
    [
        "@Zoë Müller-Sow",
        "@zoe muller sow",
        "@ZOE MULLER-SOW",
        "(@Zoë Müller-Sow)",
        "@Zoe\u0308 Müller-Sow",
        "@Zoë Müller-Sow's",
    ],
)
def test_a_name_leads_to_the_colleague(client: Client, say: Any, article: GroupNewsPage, typed: str) -> None:
    colleague = UserFactory(first_name="Zoë", last_name="Müller-Sow")
    UserFactory(first_name="Zoë", last_name="Müller")

    say(article, f"Merci {typed}, à demain")

    assert named(client, article) == [("@Zoë Müller-Sow", page_of(colleague))]
    assert list(Comment.objects.get().mentions.all()) == [colleague]
    assert "Zoë" not in Comment.objects.get().text


@pytest.mark.parametrize(
    "typed",
    ["@midi", "zoe@Zoë Sow", "zoe@example.org", "@ Zoë Sow", "@Zoë", "@Zoë\nSow", "@Zoë Sow-Diallo", "@", "@@"],
)
def test_what_names_nobody_stays_text(client: Client, say: Any, article: GroupNewsPage, typed: str) -> None:
    UserFactory(first_name="Zoë", last_name="Sow")
    assert say(article, f"Bonjour {typed}").status_code == 302
    assert named(client, article) == []
    assert Comment.objects.get().text == f"Bonjour {typed}"


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("@Zoé Sow et @Zoë Sou", ["@Zoë"]),
        ("@midi, @Midi, @midi", ["@midi", "@Midi"]),
        ("@Zoë Sow, zoe@example.org", []),
        ("à @ 14 h", []),
    ],
)
def test_a_name_that_is_nobodys_is_said(
    client: Client, say: Any, article: GroupNewsPage, typed: str, unknown: list[str]
) -> None:
    UserFactory(first_name="Zoë", last_name="Sow")
    say(article, typed)

    [notice] = soup(client.get(article.url)).select(".comment .notice")
    said = [word.strip(" ,:.") for word in notice.get_text().split() if word.startswith("@")]
    assert said == unknown
    assert ("Aucun e-mail" in notice.get_text()) == bool(unknown)


def test_nobody_types_a_mark(client: Client, say: Any, article: GroupNewsPage) -> None:
    hidden = UserFactory(first_name="Secrète", is_in_directory=False)
    say(article, f"Voir \ue000{hidden.pk}\ue000")
    assert "Secrète" not in client.get(article.url).content.decode()
    assert not Comment.objects.get().mentions.exists()


@pytest.mark.parametrize("fields", [{"is_in_directory": False}, {"is_active": False}])
def test_who_is_not_in_the_directory_cannot_be_named(
    client: Client, say: Any, article: GroupNewsPage, letters: Any, fields: dict[str, bool]
) -> None:
    UserFactory(first_name="Zoë", last_name="Sow", **fields)
    say(article, "Merci @Zoë Sow")
    assert named(client, article) == []
    assert letters() == {}


def test_who_may_not_read_a_closed_group_is_neither_named_nor_told(
    client: Client, person: User, say: Any, letters: Any
) -> None:
    group = WorkingGroupFactory(is_open=False)
    inside = UserFactory(first_name="Awa", last_name="Diop")
    outside = UserFactory(first_name="Zoë", last_name="Sow")
    group.members.add(person, inside)
    group.save()
    article = GroupNewsPageFactory(group=group)

    say(article, "Merci @Zoë Sow et @Awa Diop")

    assert [name for name, _address in named(client, article)] == ["@Awa Diop"]
    assert set(letters()) == {inside.email}
    suggested = client.get(reverse("news:colleagues", args=[article.pk]), {"q": "Zoë"}).json()["colleagues"]
    assert suggested == []
    assert outside.mentioned_in.count() == 0


def test_a_name_of_several_people_must_say_which(client: Client, say: Any, article: GroupNewsPage) -> None:
    voisins, maison = (EmployerFactory(short_name_fr=name) for name in ("Les Voisins", "La Maison"))
    first = UserFactory(first_name="Zoë", last_name="Sow", association=voisins)
    second = UserFactory(first_name="Zoe", last_name="Sow", association=maison)

    response = say(article, "Merci @Zoë Sow")

    assert response.status_code == 422
    said = errors(response)["text"]
    assert "@Zoë Sow (Les Voisins)" in said and "@Zoe Sow (La Maison)" in said
    assert soup(response).select_one("[name=text]").get_text().strip() == "Merci @Zoë Sow"
    assert not Comment.objects.exists()
    say(article, "Merci @Zoë Sow (la maison), et @Zoë Sow (Les Voisins) aussi")
    assert [address for _name, address in named(client, article)] == [page_of(second), page_of(first)]
    assert "(" not in soup(client.get(article.url)).select_one(".comment__text").get_text()


def test_two_of_the_same_name_and_association_are_told_apart_by_their_address(
    client: Client, say: Any, article: GroupNewsPage
) -> None:
    first = UserFactory(first_name="Zoë", last_name="Sow", email="zoe@example.org")
    UserFactory(first_name="Zoë", last_name="Sow", association=first.association)

    assert "@Zoë Sow (zoe@example.org)" in errors(say(article, "Merci @Zoë Sow"))["text"]
    say(article, "Merci @Zoë Sow (zoe@example.org)")
    assert named(client, article) == [("@Zoë Sow", page_of(first))]


def test_one_comment_names_few_people(client: Client, say: Any, article: GroupNewsPage) -> None:
    people = [UserFactory(first_name="Awa", last_name=f"Diop{number}") for number in range(11)]
    text = " ".join(f"@{one}" for one in people)
    assert set(errors(say(article, text))) == {"text"}
    assert not Comment.objects.exists()
    assert say(article, text.rsplit(" @", 1)[0]).status_code == 302


def test_a_new_name_is_shown_and_one_who_left_the_directory_is_not(
    client: Client, say: Any, article: GroupNewsPage
) -> None:
    colleague = UserFactory(first_name="Zoë", last_name="Sow")
    say(article, "Merci @Zoë Sow")
    User.objects.filter(pk=colleague.pk).update(last_name="Diallo")
    assert named(client, article) == [("@Zoë Diallo", page_of(colleague))]

    User.objects.filter(pk=colleague.pk).update(is_in_directory=False)

    ((name, address),) = named(client, article)
    assert "Zoë" not in name
    assert address is None


def test_correcting_shows_names_again(client: Client, say: Any, article: GroupNewsPage) -> None:
    voisins = EmployerFactory(short_name_fr="Les Voisins")
    UserFactory(first_name="Zoë", last_name="Sow", association=voisins)
    UserFactory(first_name="Zoë", last_name="Sow")
    UserFactory(first_name="Awa", last_name="Diop")
    say(article, "Merci @zoe sow (les voisins) et @awa diop")
    address = reverse("news:edit_comment", args=[Comment.objects.get().pk])
    before = Comment.objects.get().text

    typed = soup(client.get(address)).select_one("[name=text]").get_text().strip()

    assert typed == "Merci @Zoë Sow (Les Voisins) et @Awa Diop"
    client.post(address, {"text": typed, "language": "fr"})
    assert Comment.objects.get().text == before


def test_correcting_keeps_who_left_the_directory_since(client: Client, say: Any, article: GroupNewsPage) -> None:
    gone = [UserFactory(first_name=name, last_name="Sow") for name in ("Zoë", "Awa")]
    say(article, "Merci @Zoë Sow et @Awa Sow")
    User.objects.filter(last_name="Sow").update(is_in_directory=False)
    comment = Comment.objects.get()
    address = reverse("news:edit_comment", args=[comment.pk])

    typed = soup(client.get(address)).select_one("[name=text]").get_text().strip()
    client.post(address, {"text": f"{typed} !", "language": "fr"})

    assert "Sow" not in typed
    assert Comment.objects.get().text == f"{comment.text} !"
    assert set(comment.mentions.all()) == set(gone)
    client.post(address, {"text": "Merci encore @Zoë Sow", "language": "fr"})
    assert list(comment.mentions.all()) == gone[:1]
    assert "Sow" not in Comment.objects.get().text


def suggested(client: Client, article: GroupNewsPage, typed: str) -> list[str]:
    answer = client.get(reverse("news:colleagues", args=[article.pk]), {"q": typed})
    return [one["written"] for one in answer.json()["colleagues"]]


def test_names_are_suggested_from_their_beginnings(client: Client, article: GroupNewsPage) -> None:
    UserFactory(first_name="Zoë", last_name="Müller-Sow")
    UserFactory(first_name="Zélie", last_name="Sow", is_in_directory=False)
    for typed in ("z", "zoe", "Zoë M", "sow", "muller s"):
        assert suggested(client, article, typed) == ["@Zoë Müller-Sow"]
    for typed in ("", " ", "oë", "mullers", "%", "zoe zoe"):
        assert suggested(client, article, typed) == []


def test_few_names_are_suggested_and_each_means_one_person(client: Client, article: GroupNewsPage) -> None:
    for _number in range(10):
        UserFactory(first_name="Awa", last_name="Diop")
    found = suggested(client, article, "awa")
    assert len(found) == len(set(found)) == 8


def test_suggestions_cost_one_query_and_have_a_limit(
    client: Client, article: GroupNewsPage, count_queries: Any, settings: Any
) -> None:
    address = reverse("news:colleagues", args=[article.pk])
    client.get(address, {"q": "awa"})
    few = count_queries(lambda: client.get(address, {"q": "awa"}))
    for _number in range(12):
        UserFactory(first_name="Awa")
    assert count_queries(lambda: client.get(address, {"q": "awa"})) == few <= 5
    settings.COLLEAGUES_RATE_LIMIT = "0/hour"
    assert client.get(address, {"q": "awa"}).status_code == 429
    assert Client().get(address, {"q": "awa"}).status_code == 302
