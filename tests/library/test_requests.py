"""Side by side: what every association shares of a type, what is missing, asking for it, and answering."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from library.asking import actions as actions_requests
from library.enums import Answer
from library.models import ToolRequest, ToolType
from members.components import AT_ONCE
from members.models import Association, User
from tests.factories.library import ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import errors, side_by_side_row, soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker() -> User:
    return UserFactory()


@pytest.fixture
def signed_in(client: Client, asker: User) -> Client:
    client.force_login(asker)
    return client


@pytest.fixture
def kind() -> ToolType:
    return ToolTypeFactory(slug="reglement")


@pytest.fixture
def other() -> Association:
    return EmployerFactory(slug="autre", live=True)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(kind: ToolType) -> str:
    return reverse("library:side_by_side", args=[kind.slug])


def ask_url(kind: ToolType, association: Association) -> str:
    return reverse("library:ask", args=[kind.slug, association.slug])


def gap(client: Client, kind: ToolType, association: Association) -> str:
    """The row of an association without its own name and address, as one compares it with another's."""
    for row in soup(client.get(page(kind))).select("tbody"):
        if str(association) in row.th.get_text():
            return str(row.td).replace(association.slug, "X").split('name="csrf')[0]
    return ""


def asked(kind: ToolType, association: Association, by: User, **fields: Any) -> ToolRequest:
    return ToolRequest.objects.create(
        type=kind, association=association, asked_by=by, asked_for=by.association, **fields
    )


def test_every_association_has_its_row_with_its_tools(signed_in: Client, kind: ToolType, other: Association) -> None:
    tool = ToolFactory(type=kind, association=other, language="nl", title="Arbeidsreglement")
    ToolFactory(association=other, title="Autre genre")

    shown = soup(signed_in.get(page(kind)))

    links = [link["href"] for link in shown.select("tbody td a")]
    assert tool.get_absolute_url() in links
    assert len(shown.select("tbody")) == Association.objects.count()
    assert "Autre genre" not in shown.get_text()


def test_a_hidden_tool_and_none_at_all_look_the_same(signed_in: Client, kind: ToolType, other: Association) -> None:
    empty = EmployerFactory(slug="vide")
    ToolFactory(type=kind, association=other, sharing="association", title="Caché")

    assert gap(signed_in, kind, other) == gap(signed_in, kind, empty) != ""


def test_types_say_how_many_associations_share_one(signed_in: Client, kind: ToolType, other: Association) -> None:
    ToolFactory.create_batch(2, type=kind, association=other)
    ToolFactory(type=kind, sharing="association")

    row = soup(signed_in.get(reverse("library:types"))).select_one(f'a[href="{page(kind)}"]')

    assert "1" in row.select_one(".meta").get_text().split()


def test_asking_writes_one_letter_to_each_delegate_in_both_languages(
    signed_in: Client, asker: User, kind: ToolType, other: Association, on_commit: Any
) -> None:
    delegate = UserFactory(association=other, is_delegate=True)
    UserFactory(association=other)

    with on_commit():
        response = signed_in.post(ask_url(kind, other), {"message": "Pour le mois prochain."})

    request = ToolRequest.objects.get()
    assert response["Location"] == page(kind)
    assert (request.asked_by, request.asked_for, request.answer) == (asker, asker.association, Answer.OPEN)
    assert [letter.to for letter in mail.outbox] == [[delegate.email]]
    for part in ("Pour le mois prochain.", str(asker), kind.name_fr, kind.name_nl, f"/{request.pk}/"):
        assert part in mail.outbox[0].body


def test_without_a_delegate_the_editors_get_the_letter(
    signed_in: Client, kind: ToolType, other: Association, on_commit: Any
) -> None:
    editor = UserFactory(is_editor=True)

    with on_commit():
        signed_in.post(ask_url(kind, other))

    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_one_request_is_open_at_a_time(signed_in: Client, kind: ToolType, other: Association, on_commit: Any) -> None:
    with on_commit():
        signed_in.post(ask_url(kind, other))
        again = signed_in.post(ask_url(kind, other), {"message": "Encore moi"})

    assert again.status_code == 422
    assert ToolRequest.objects.count() == 1
    assert len(mail.outbox) == 1
    assert f"request-{ToolRequest.objects.get().pk}" in again.content.decode()
    assert soup(again).select_one(f"#ask-{other.slug}[open] textarea").get_text(strip=True) == "Encore moi"


def test_what_was_typed_stays_where_a_tool_came_meanwhile(
    signed_in: Client, kind: ToolType, other: Association, settings: Any
) -> None:
    settings.TOOL_REQUEST_RATE_LIMIT = "0/hour"
    ToolFactory(type=kind, association=other)

    answer = signed_in.post(ask_url(kind, other), {"message": "Pour le mois prochain."})

    assert answer.status_code == 422
    assert (
        soup(answer).select_one(f"#ask-{other.slug}[open] textarea").get_text(strip=True) == "Pour le mois prochain."
    )


def test_the_database_refuses_a_second_open_request(asker: User, kind: ToolType, other: Association) -> None:
    asked(kind, other, asker)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(kind, other, asker)


def test_too_long_a_message_is_said_next_to_it_and_kept(signed_in: Client, kind: ToolType, other: Association) -> None:
    response = signed_in.post(ask_url(kind, other), {"message": "x" * 501})

    assert response.status_code == 422
    assert list(errors(response)) == ["message"]
    assert soup(response).select_one(f"#ask-{other.slug}[open] textarea").get_text().strip() == "x" * 501


def test_one_does_not_ask_oneself(signed_in: Client, asker: User, kind: ToolType) -> None:
    assert signed_in.post(ask_url(kind, asker.association)).status_code == 422
    assert not ToolRequest.objects.exists()


def test_asking_without_end_is_stopped(signed_in: Client, settings: Any, kind: ToolType, other: Association) -> None:
    settings.TOOL_REQUEST_RATE_LIMIT = "0/hour"

    response = signed_in.post(ask_url(kind, other), {"message": "Gardé"})

    assert response.status_code == 422
    assert "Gardé" in response.content.decode()
    assert not ToolRequest.objects.exists()


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("name", ["types", "side_by_side", "requests"])
def test_the_number_of_queries_does_not_grow(asker: User, kind: ToolType, count_queries: Any, name: str) -> None:
    url = page(kind) if name == "side_by_side" else reverse(f"library:{name}")
    signed_in = browser(asker)

    def fill(number: int) -> None:
        for _ in range(number):
            ToolFactory(type=kind)
            ToolFactory(type=ToolTypeFactory())
            asked(ToolTypeFactory(), EmployerFactory(), asker)
            actions_requests.close(request=asked(kind, EmployerFactory(), asker), by=asker)

    fill(1)
    signed_in.get(url)
    few = count_queries(lambda: signed_in.get(url))
    fill(10)

    assert count_queries(lambda: signed_in.get(url)) == few <= 16


def test_the_newest_tools_of_an_association_are_shown_and_lead_to_all(
    signed_in: Client, kind: ToolType, other: Association
) -> None:
    for day in range(1, 7):
        with_file(ToolFactory(type=kind, association=other, title=f"Outil {day}", updated_on=date(2026, 1, day)))
    with_file(ToolFactory(type=kind, association=other, title="Caché", sharing="association"))

    row = side_by_side_row(signed_in.get(page(kind)), other)
    tools, (all_of_them,) = row.select("td a[lang]"), row.select("td[colspan] a")
    listed = soup(signed_in.get(all_of_them["href"])).main

    assert [link.get_text() for link in tools] == ["Outil 6", "Outil 5", "Outil 4", "Outil 3"]
    assert row.th["rowspan"] == str(len(row.select("tr"))) == "5"
    assert all(f"Outil {day}" in listed.get_text() for day in range(1, 7))
    assert "Caché" not in listed.get_text()


def test_four_tools_are_all(signed_in: Client, kind: ToolType, other: Association) -> None:
    ToolFactory.create_batch(4, type=kind, association=other)
    ToolFactory(type=kind, association=other, sharing="association")

    assert not side_by_side_row(signed_in.get(page(kind)), other).select("td[colspan]")


def test_a_great_many_associations_have_pages(signed_in: Client, kind: ToolType, on_commit: Any) -> None:
    Association.objects.bulk_create(
        Association(slug=f"une-{place}", name_fr="Une", short_name_fr=f"Une {place}", order=1000 + place)
        for place in range(AT_ONCE + 5)
    )
    last = Association.objects.get(slug=f"une-{AT_ONCE + 4}")
    ToolFactory(type=kind, association=last)
    pages = [soup(signed_in.get(page(kind) + query)) for query in ("", "?page=2")]
    names = [row.th.get_text(strip=True) for shown in pages for row in shown.select("tbody")]
    asked_one = Association.objects.get(slug=f"une-{AT_ONCE + 3}")

    with on_commit():
        answer = signed_in.post(ask_url(kind, asked_one))
        again = signed_in.post(ask_url(kind, asked_one), {"message": "Encore moi"})

    assert len(pages[0].select("tbody")) == AT_ONCE
    assert len(names) == len(set(names)) == Association.objects.count()
    assert f"1 association sur {Association.objects.count()}" in pages[0].get_text()
    assert answer["Location"] == f"{page(kind)}?page=2"
    assert again.status_code == 422
    assert "Encore moi" in soup(again).select_one(f"#ask-{asked_one.slug}").get_text()
