"""Letters that need a decision: administrators see them, without their text, and send them again."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.enums import MailState
from members.models import OutgoingMail
from tests.factories.mail import TO, letter
from tests.factories.people import UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db


def administrator() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.ignore_template_errors
def test_an_administrator_sees_what_is_stuck_without_its_text_and_sends_it_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    stuck = letter(state=MailState.UNCERTAIN, began_at=timezone.now(), problem="The process was killed.")
    client = administrator()
    address = reverse("wagtailsnippets_members_outgoingmail:edit", args=[stuck.pk])

    listed = main_text(client.get(reverse("wagtailsnippets_members_outgoingmail:list")))
    shown = client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert TO in listed
    assert "The process was killed." in main_text(shown)
    assert stuck.body not in str(soup(shown))
    assert [sent.to for sent in mail.outbox] == [[TO]]


@pytest.mark.ignore_template_errors
def test_the_menu_says_how_many_letters_need_a_decision() -> None:
    client, place = administrator(), reverse("wagtailsnippets_members_outgoingmail:list")
    letter()
    assert "(2)" not in client.get(place).text

    for state in (MailState.FAILED, MailState.UNCERTAIN):
        letter(state=state)

    assert "(2)" in client.get(place).text


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [{"is_editor": True}, {"is_delegate": True}])
def test_nobody_else_sees_letters(client: Client, role: dict[str, bool]) -> None:
    stuck = letter(state=MailState.FAILED)
    client.force_login(UserFactory(**role))

    for name, arguments in (("list", []), ("edit", [stuck.pk]), ("delete", [stuck.pk])):
        response = client.get(reverse(f"wagtailsnippets_members_outgoingmail:{name}", args=arguments))
        assert response.status_code in (302, 403)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("which", "sent"), [("failed", 2), ("all", 3)])
def test_all_are_sent_again_after_a_question(which: str, sent: int, django_capture_on_commit_callbacks: Any) -> None:
    for state in (MailState.FAILED, MailState.FAILED, MailState.UNCERTAIN):
        letter(state=state, began_at=timezone.now(), tries=8)
    client = administrator()
    index = soup(client.get(reverse("wagtailsnippets_members_outgoingmail:list")))
    address = reverse("wagtailsnippets_members_outgoingmail:send_all")
    assert index.select(f"a[href='{address}']")
    buttons = soup(client.get(address)).select("main button[name=which]")
    assert [button["value"] for button in buttons] == ["failed", "all"]
    assert not mail.outbox

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"which": which})

    assert response.status_code == 302
    assert len(mail.outbox) == sent
    assert OutgoingMail.objects.stuck().count() == 3 - sent


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("role", [{"is_editor": True}, {"is_delegate": True}])
def test_nobody_else_sends_all_again(client: Client, role: dict[str, bool]) -> None:
    letter(state=MailState.FAILED)
    client.force_login(UserFactory(**role))

    response = client.post(reverse("wagtailsnippets_members_outgoingmail:send_all"), {"which": "all"})

    assert response.status_code in (302, 403)
    assert OutgoingMail.objects.stuck().exists()
