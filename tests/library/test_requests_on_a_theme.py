"""Side by side on one theme: the gaps that appear, and asking for what fills them."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from library.models import Draft, Theme, ToolRequest, ToolType
from members.models import Association, User
from tests.factories.library import PDF, ThemeFactory, ToolFactory, ToolTypeFactory
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
    return ToolTypeFactory(slug="reglement", name_fr="Règlement", name_nl="Reglement")


@pytest.fixture
def theme() -> Theme:
    return ThemeFactory(slug="conges", name_fr="Congés", name_nl="Verlof")


@pytest.fixture
def other() -> Association:
    return EmployerFactory(slug="autre", live=True)


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def page(kind: ToolType, theme: Theme | None = None) -> str:
    address = reverse("library:side_by_side", args=[kind.slug])
    return f"{address}?theme={theme.slug}" if theme else address


def ask(client: Client, kind: ToolType, association: Association, **data: str) -> Any:
    return client.post(reverse("library:ask", args=[kind.slug, association.slug]), data)


def is_gap(row: Any) -> bool:
    return "side-by-side__gap" in row["class"]


def tool_on(theme: Theme | None, **fields: Any) -> Any:
    tool = ToolFactory(**fields)
    tool.themes.set([theme] if theme else [])
    tool.save()
    return tool


def test_a_theme_shows_the_gaps_that_the_type_alone_hides(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association
) -> None:
    tool_on(None, type=kind, association=other)
    fitting = tool_on(theme, type=kind)

    assert not is_gap(side_by_side_row(signed_in.get(page(kind)), other))
    assert is_gap(side_by_side_row(signed_in.get(page(kind, theme)), other))
    assert fitting.title in str(side_by_side_row(signed_in.get(page(kind, theme)), fitting.association))


def test_themes_say_how_many_associations_share_one_with_the_reader(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association
) -> None:
    tool_on(theme, type=kind, association=other)
    tool_on(theme, type=kind, association=other)
    tool_on(theme, type=kind, sharing="association")
    tool_on(theme)

    shown = soup(signed_in.get(page(kind, theme)))

    option = shown.select_one("select[name=theme] option[selected]")
    assert (option["value"], option.get_text()) == ("conges", "Congés (1)")


def test_a_theme_that_is_unknown_is_told_and_all_is_shown(
    signed_in: Client, kind: ToolType, other: Association
) -> None:
    tool_on(None, type=kind, association=other)

    response = signed_in.get(f"{page(kind)}?theme=lune")

    assert list(errors(response)) == ["theme"]
    assert not is_gap(side_by_side_row(signed_in.get(f"{page(kind)}?theme=lune"), other))


def test_the_request_and_its_letter_name_the_theme(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association, on_commit: Any
) -> None:
    delegate = UserFactory(association=other, is_delegate=True)
    held = side_by_side_row(signed_in.get(page(kind, theme)), other).select_one("input[name=theme]")

    with on_commit():
        response = ask(signed_in, kind, other, theme=held["value"])

    request = ToolRequest.objects.get()
    assert (request.type, request.theme) == (kind, theme)
    assert response["Location"] == page(kind, theme)
    (letter,) = mail.outbox
    assert letter.to == [delegate.email]
    for named in ("Règlement – Congés", "Reglement – Verlof"):
        assert named in letter.body
        assert named in letter.subject


def test_the_page_of_requests_leads_back_to_the_theme(
    signed_in: Client, asker: User, kind: ToolType, theme: Theme, other: Association
) -> None:
    ToolRequest.objects.create(type=kind, theme=theme, association=other, asked_by=asker, asked_for=asker.association)

    link = soup(signed_in.get(reverse("library:requests"))).select_one(".request__what")

    assert (link["href"], link.get_text()) == (page(kind, theme), "Règlement – Congés")


def test_each_theme_is_asked_for_once(
    signed_in: Client, kind: ToolType, theme: Theme, other: Association, on_commit: Any
) -> None:
    with on_commit():
        ask(signed_in, kind, other)
        ask(signed_in, kind, other, theme=theme.slug)
        ask(signed_in, kind, other, theme=ThemeFactory().slug)
        again = ask(signed_in, kind, other, theme=theme.slug)

    assert again.status_code == 422
    assert ToolRequest.objects.count() == 3


@pytest.mark.parametrize("on_theme", [True, False])
def test_the_database_refuses_the_same_request_twice(
    asker: User, kind: ToolType, theme: Theme, other: Association, on_theme: bool
) -> None:
    same = {"type": kind, "theme": theme if on_theme else None, "association": other, "asked_by": asker}
    ToolRequest.objects.create(**same)

    with pytest.raises(IntegrityError), transaction.atomic():
        ToolRequest.objects.create(**same)


def test_a_theme_shows_the_requests_that_may_bring_it_and_can_still_be_asked_for(
    signed_in: Client, asker: User, kind: ToolType, theme: Theme, other: Association
) -> None:
    wide, elsewhere = (
        ToolRequest.objects.create(type=kind, theme=named, association=other, asked_by=asker)
        for named in (None, ThemeFactory())
    )

    row = side_by_side_row(signed_in.get(page(kind, theme)), other)

    assert row.select(f'a[href$="#request-{wide.pk}"]')
    assert not row.select(f'a[href$="#request-{elsewhere.pk}"]')
    assert row.select("form")


def test_what_one_asked_for_on_a_theme_is_not_asked_for_again(
    signed_in: Client, asker: User, kind: ToolType, theme: Theme, other: Association
) -> None:
    ToolRequest.objects.create(type=kind, theme=theme, association=other, asked_by=asker)

    assert not side_by_side_row(signed_in.get(page(kind, theme)), other).select("form")
    assert side_by_side_row(signed_in.get(page(kind)), other).select("form")


def test_asking_on_a_theme_that_is_unknown_asks_for_nothing(
    signed_in: Client, kind: ToolType, other: Association
) -> None:
    response = ask(signed_in, kind, other, theme="lune", message="Gardé")

    assert response.status_code == 422
    assert "Gardé" in response.content.decode()
    assert not ToolRequest.objects.exists()


def test_what_is_missing_of_one_s_own_is_filled_in_with_its_theme(
    signed_in: Client, asker: User, kind: ToolType, theme: Theme
) -> None:
    link = side_by_side_row(signed_in.get(page(kind, theme)), asker.association).select_one("td a")["href"]

    hand_in(signed_in, link)

    assert themes_of_draft(signed_in) == [str(theme.pk)]


def test_an_answer_has_the_theme_that_was_asked_for(
    client: Client, asker: User, kind: ToolType, theme: Theme, other: Association
) -> None:
    request = ToolRequest.objects.create(type=kind, theme=theme, association=other, asked_by=asker)
    client.force_login(UserFactory(association=other, is_delegate=True))

    hand_in(client, f"{reverse('library:upload')}?request={request.pk}")

    assert themes_of_draft(client) == [str(theme.pk)]


def hand_in(client: Client, address: str) -> None:
    """Hand in a file where a link leads, with what the form holds."""
    fields = soup(client.get(address)).select("form.hand-in [type=hidden]")
    held = {field["name"]: field["value"] for field in fields}
    client.post(reverse("library:upload"), held | {"file": SimpleUploadedFile("note.pdf", PDF)})


def themes_of_draft(client: Client) -> list[str]:
    name = f"{Draft.objects.get().pk.hex}-themes"
    return [box["value"] for box in soup(client.get(reverse("library:upload"))).select(f'[name="{name}"][checked]')]


@pytest.mark.usefixtures("homes")
def test_the_number_of_queries_does_not_grow_with_themes(
    signed_in: Client, asker: User, kind: ToolType, theme: Theme, count_queries: Any
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            tool_on(theme, type=kind)
            ToolRequest.objects.create(type=kind, theme=theme, association=EmployerFactory(), asked_by=asker)
            ToolRequest.objects.create(type=kind, theme=ThemeFactory(), association=EmployerFactory(), asked_by=asker)

    fill(1)
    signed_in.get(page(kind, theme))
    few = count_queries(lambda: signed_in.get(page(kind, theme)))
    fill(10)

    assert count_queries(lambda: signed_in.get(page(kind, theme))) == few <= 12
