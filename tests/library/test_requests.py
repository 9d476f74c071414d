"""Side by side: what every association shares of a type, what is missing, asking for it, and answering."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from library import actions_requests
from library.enums import Answer
from library.models import ToolRequest, ToolType
from members.models import Association, User
from tests.factories.library import ToolFactory, ToolTypeFactory
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import errors, main_text, soup

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

    assert row.select_one(".meta").get_text().split()[0] == "1"


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


def test_what_waits_for_me_comes_first(kind: ToolType, asker: User) -> None:
    delegate = UserFactory(is_delegate=True)
    others = asked(kind, EmployerFactory(), asker)
    mine = asked(kind, delegate.association, asker)

    shown = soup(browser(delegate).get(reverse("library:requests")))

    assert [item["id"] for item in shown.select(".request")] == [f"request-{one.pk}" for one in (mine, others)]
    assert [link["href"] for link in shown.select(".request a.button")] == [answer_url(mine)]


def answer_url(request: ToolRequest, how: str = "") -> str:
    return reverse(f"library:answer{how}", args=[request.pk])


def test_the_dashboard_of_the_delegate_says_what_waits(homes: Any, kind: ToolType, asker: User) -> None:
    delegate = UserFactory(is_delegate=True)
    request = asked(kind, delegate.association, asker)
    dashboard = reverse("members:dashboard")

    assert soup(browser(delegate).get(dashboard)).select(f"#request-{request.pk}")
    assert not soup(browser(UserFactory(association=delegate.association)).get(dashboard)).select(".request")


def test_the_delegate_answers_with_a_tool_and_the_asker_is_told(
    kind: ToolType, asker: User, other: Association, on_commit: Any
) -> None:
    request, tool = asked(kind, other, asker), ToolFactory(type=kind, association=other)
    delegate = UserFactory(association=other, is_delegate=True)

    with on_commit():
        browser(delegate).post(answer_url(request, "_give"), {"tool": tool.pk})

    request.refresh_from_db()
    assert (request.answer, request.tool, request.answered_by) == (Answer.GIVEN, tool, delegate)
    assert [letter.to for letter in mail.outbox] == [[asker.email]]
    assert tool.title in mail.outbox[0].body


def test_a_tool_that_the_asker_cannot_see_is_no_answer(kind: ToolType, asker: User, other: Association) -> None:
    request, tool = asked(kind, other, asker), ToolFactory(association=other, sharing="association")
    delegate = UserFactory(association=other, is_delegate=True)

    response = browser(delegate).post(answer_url(request, "_give"), {"tool": tool.pk})

    assert list(errors(response)) == ["tool"]
    assert ToolRequest.objects.open().exists()


def test_the_letter_does_not_name_a_tool_that_the_asker_cannot_see(
    kind: ToolType, asker: User, other: Association, on_commit: Any
) -> None:
    request, tool = asked(kind, other, asker), ToolFactory(association=other, sharing="association", title="Réservé")

    with on_commit():
        actions_requests.answer_with(request=request, tool=tool, by=UserFactory(association=other, is_delegate=True))

    assert "Réservé" not in mail.outbox[0].body
    assert "Réservé" not in main_text(browser(asker).get(reverse("library:requests")))


def test_tools_of_others_are_no_answer(kind: ToolType, asker: User, other: Association) -> None:
    request = asked(kind, other, asker)
    with pytest.raises(PermissionDenied):
        actions_requests.answer_with(request=request, tool=ToolFactory(), by=UserFactory(is_editor=True))


def test_the_delegate_answers_that_there_is_none(
    kind: ToolType, asker: User, other: Association, on_commit: Any
) -> None:
    request, delegate = asked(kind, other, asker), UserFactory(association=other, is_delegate=True)

    with on_commit():
        browser(delegate).post(answer_url(request, "_none"), {"note": "Nous reprenons celui du CSD."})

    request.refresh_from_db()
    assert (request.answer, request.answer_note) == (Answer.NONE, "Nous reprenons celui du CSD.")
    assert "Nous reprenons celui du CSD." in mail.outbox[0].body
    assert "Nous reprenons celui du CSD." in main_text(browser(UserFactory()).get(reverse("library:requests")))


def test_an_answered_request_stays_as_it_is(kind: ToolType, asker: User, other: Association) -> None:
    request, delegate = asked(kind, other, asker), UserFactory(association=other, is_delegate=True)
    actions_requests.answer_none(request=request, by=delegate)

    response = browser(asker).post(answer_url(request, "_close"), follow=True)

    request.refresh_from_db()
    assert request.answer == Answer.NONE
    assert soup(response).select(".messages .notice--warning")


@pytest.mark.parametrize(("who", "may"), [("asker", True), ("delegate", True), ("editor", True), ("colleague", False)])
def test_who_may_close(kind: ToolType, asker: User, other: Association, who: str, may: bool) -> None:
    request = asked(kind, other, asker)
    people = {
        "asker": asker,
        "delegate": UserFactory(association=other, is_delegate=True),
        "editor": UserFactory(is_editor=True),
        "colleague": UserFactory(association=other),
    }

    browser(people[who]).post(answer_url(request, "_close"))

    assert ToolRequest.objects.open().exists() is not may


@pytest.mark.parametrize("how", ["", "_give", "_none"])
def test_only_who_is_asked_may_answer(
    signed_in: Client, kind: ToolType, asker: User, other: Association, how: str
) -> None:
    request = asked(kind, other, asker)
    url = answer_url(request, how)

    assert (signed_in.post(url) if how else signed_in.get(url)).status_code == 403
    assert ToolRequest.objects.open().exists()


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
