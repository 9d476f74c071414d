"""A tool past its review date: one letter to who looks after it, two links, no sign-in."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.models import Tool
from library.trust import reviews as actions_reviews
from library.trust.reviews import in_a_year, sign
from tests.factories.library import ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DUE = date(2026, 1, 5)


@pytest.fixture
def run(django_capture_on_commit_callbacks: Any) -> Any:
    """Run the command of the night."""

    def run_command() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("library_reviews")

    return run_command


def links() -> dict[str, str]:
    """The two links of the last letter, as paths."""
    found = [re.sub(r"^https?://[^/]+", "", link) for link in re.findall(r"https?://\S+", mail.outbox[-1].body)]
    return {link.rstrip("/").rsplit("/", 1)[-1]: link for link in found}


def receivers() -> list[str]:
    return [address for letter in mail.outbox for address in letter.to]


def test_the_contact_gets_one_letter(run: Any, capsys: Any) -> None:
    contact = UserFactory()
    ToolFactory(contact=contact, review_on=DUE)
    ToolFactory(contact=contact, review_on=TODAY() + timedelta(1))
    ToolFactory(contact=contact, review_on=None)

    run()
    run()

    assert receivers() == [contact.email]
    assert set(links()) == {"right", "work"}


def test_a_later_review_is_asked_again(run: Any) -> None:
    tool = ToolFactory(contact=UserFactory(), review_on=DUE)
    run()
    Tool.objects.filter(pk=tool.pk).update(review_on=DUE + timedelta(1))
    run()

    assert len(mail.outbox) == 2


@pytest.mark.parametrize("contact", [None, {"is_active": False}])
def test_without_a_contact_the_delegates_are_asked_then_the_editors(run: Any, contact: Any) -> None:
    person = UserFactory(**contact) if contact else None
    with_delegate = ToolFactory(contact=person, review_on=DUE)
    delegate = UserFactory(association=with_delegate.association, is_delegate=True)
    ToolFactory(contact=person, review_on=DUE)
    editor = UserFactory(is_editor=True)

    run()

    assert sorted(receivers()) == sorted([delegate.email, editor.email])


def test_a_contact_who_cannot_see_the_tool_any_more_is_not_written_to(run: Any) -> None:
    gone = UserFactory()
    tool = ToolFactory(contact=gone, sharing="association", review_on=DUE)
    delegate = UserFactory(association=tool.association, is_delegate=True)

    run()

    assert receivers() == [delegate.email]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_letter_and_its_pages_speak_the_language_of_the_tool(run: Any, language: str) -> None:
    ToolFactory(contact=UserFactory(), review_on=DUE, language=language)
    run()

    assert all(link.startswith(f"/{language}/") for link in links().values())
    assert soup(Client().get(links()["right"])).html["lang"] == language


def test_opening_a_link_changes_nothing(run: Any) -> None:
    tool = ToolFactory(contact=UserFactory(), review_on=DUE)
    run()

    for link in links().values():
        response = Client().get(link)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in soup(response).select_one("meta[name=robots]")["content"]
        assert not response.cookies

    tool.refresh_from_db()
    assert (tool.review_on, tool.needs_work_since) == (DUE, None)


def test_still_right_moves_the_review_a_year_on_once(run: Any) -> None:
    tool = ToolFactory(contact=UserFactory(), review_on=DUE, needs_work_since=DUE)
    run()

    first = Client(enforce_csrf_checks=True).post(links()["right"])
    tool.refresh_from_db()
    assert (tool.review_on, tool.needs_work_since) == (in_a_year(TODAY()), None)
    again = Client().post(links()["right"])
    after = Client().post(links()["work"])

    tool.refresh_from_db()
    assert (tool.review_on, tool.needs_work_since) == (in_a_year(TODAY()), None)
    for response in (first, again, after):
        assert response.status_code == 200
        assert soup(response).select("[data-state=done]")
        assert tool.title not in response.content.decode()


def test_needs_work_is_said_on_the_page_until_a_new_version_comes(run: Any, client: Client) -> None:
    tool = ToolFactory(contact=UserFactory(), review_on=DUE)
    client.force_login(UserFactory())
    run()

    for _time in range(2):
        Client().post(links()["work"])
    tool.refresh_from_db()
    assert tool.needs_work_since == TODAY()
    assert soup(client.get(tool.get_absolute_url())).select("[data-state=needs-work]")

    with_file(tool)
    assert not soup(client.get(tool.get_absolute_url())).select("[data-state=needs-work]")


def test_links_that_are_wrong_or_too_old_say_so_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    tool = ToolFactory(review_on=DUE)
    deleted = ToolFactory(review_on=DUE)
    link, gone, other = sign(tool), sign(deleted), signing.dumps({"tool": tool.pk, "review": str(DUE)}, salt="other")
    deleted.delete()

    for token in ("x", link[:-1], gone, other, "a:b:c"):
        for response in (Client().get(address(token)), Client().post(address(token))):
            assert response.status_code in (404, 410)
    monkeypatch.setattr(actions_reviews, "VALID_FOR", -1)
    assert Client().post(address(link)).status_code == 410
    tool.refresh_from_db()
    assert tool.review_on == DUE


def address(token: str) -> str:
    return reverse("library:review", args=[token, "right"])


def test_an_answer_that_is_neither_is_not_there() -> None:
    link = address(sign(ToolFactory(review_on=DUE)))
    assert Client().post(link.replace("right", "delete")).status_code == 404


def test_a_leap_day_has_a_next_year() -> None:
    assert in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)
