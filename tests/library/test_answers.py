"""What waits for an answer, and answering: with a tool, that there is none, or by closing it."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from library.asking import actions as actions_requests
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


def asked(kind: ToolType, association: Association, by: User, **fields: Any) -> ToolRequest:
    return ToolRequest.objects.create(
        type=kind, association=association, asked_by=by, asked_for=by.association, **fields
    )


def answer_url(request: ToolRequest, how: str = "") -> str:
    return reverse(f"library:answer{how}", args=[request.pk])


def test_what_waits_for_me_comes_first(kind: ToolType, asker: User) -> None:
    delegate = UserFactory(is_delegate=True)
    others = asked(kind, EmployerFactory(), asker)
    mine = asked(kind, delegate.association, asker)

    shown = soup(browser(delegate).get(reverse("library:requests")))

    assert [item["id"] for item in shown.select(".request")] == [f"request-{one.pk}" for one in (mine, others)]
    assert [link["href"] for link in shown.select(".request a.button")] == [answer_url(mine)]


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
