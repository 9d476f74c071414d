"""How the library is used: by association, never by person; names only of what the reader may see."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.models import DownloadCount, Tool, ToolRequest
from library.usage.numbers import month_after, months_until
from library.usage.spreadsheets import as_csv
from members.components import AT_ONCE
from members.models import Association, User
from tests.factories.library import ToolFactory, ToolTypeFactory, with_file
from tests.factories.people import EmployerFactory, UserFactory
from tests.reading import errors, soup

pytestmark = pytest.mark.django_db
THIS_MONTH = timezone.localdate().replace(day=1)


@pytest.fixture
def delegate() -> User:
    return UserFactory(is_delegate=True)


@pytest.fixture
def signed_in(client: Client, delegate: User) -> Client:
    client.force_login(delegate)
    return client


def url(name: str = "usage") -> str:
    return reverse(f"library:{name}")


def taken(tool: Tool, number: int, month: date = THIS_MONTH, **by: Any) -> None:
    DownloadCount.objects.create(tool=tool, number=number, month=month, **by)


def rows(client: Client, query: str = "") -> list[list[str]]:
    text = client.get(url("usage_csv") + query).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_numbers_are_shown_by_association_and_month(signed_in: Client) -> None:
    taker, tool = EmployerFactory(short_name_fr="Preneuse"), ToolFactory()
    taken(tool, 5, association=taker)
    taken(tool, 2)

    page = soup(signed_in.get(url()))

    row = next(row for row in page.select(".usage__associations tbody tr") if "Preneuse" in row.th.get_text())
    assert [cell.get_text(strip=True) for cell in row.select("td")] == ["0", "0", "5", "0"]
    assert page.select(".usage__table tbody td")[-1].get_text() == "7"
    widths = {bar["width"] for bar in page.select(".usage__associations .bar__value")}
    assert widths == {"100.0", "40.0", "0.0"}  # of the most that one association shares, or takes
    assert len(page.select("svg.chart rect")) == len(page.select(".usage__table tbody tr")) == 12


def test_a_hidden_tool_counts_without_its_name(signed_in: Client) -> None:
    taken(ToolFactory(title="Réservé", sharing="association"), 4)
    taken(ToolFactory(title="Partagé"), 3)

    page = soup(signed_in.get(url()))

    assert "Partagé" in page.main.get_text()
    assert "Réservé" not in page.get_text()
    assert page.select_one("[data-hidden-total]")["data-hidden-total"] == "4"
    assert "Réservé" not in str(rows(signed_in))


def test_requests_are_counted_by_type_and_answer(signed_in: Client, delegate: User) -> None:
    kind, now = ToolTypeFactory(), timezone.now()
    for answer in ("open", "none", "none"):
        ToolRequest.objects.create(
            type=kind, association=EmployerFactory(), answer=answer, answered_at=None if answer == "open" else now
        )

    page = soup(signed_in.get(url()))

    row = page.select_one(f'main a[href="{reverse("library:side_by_side", args=[kind.slug])}"]').find_parent("tr")
    assert [cell.get_text() for cell in row.select("td")] == ["3", "1", "0", "2", "0"]


def test_the_period_is_chosen(signed_in: Client) -> None:
    tool = ToolFactory()
    taken(tool, 5, date(THIS_MONTH.year - 1, 1, 1))
    taken(tool, 1)

    numbers = [row.get_text() for row in soup(signed_in.get(url() + "?period=last-year")).select(".usage__table td")]

    assert numbers == ["5", *["0"] * 11]


def test_a_period_that_does_not_exist_is_said_and_the_usual_one_shown(signed_in: Client) -> None:
    response = signed_in.get(url() + "?period=9999")

    assert list(errors(response)) == ["period"]
    assert len(soup(response).select(".usage__table tbody tr")) == 12


def test_the_table_for_spreadsheets_says_the_same(signed_in: Client) -> None:
    owner = EmployerFactory(short_name_fr="=HYPERLINK(1)")
    tool = ToolFactory(association=owner)
    with_file(tool, added_on=timezone.localdate())
    taken(tool, 3, association=owner)

    response = signed_in.get(url("usage_csv"))

    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"].startswith("attachment")
    numbers = {row[4] for row in rows(signed_in) if row[1] == "'=HYPERLINK(1)"}
    assert numbers == {"3", "1"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\n=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert f'"\'{cell}"' in as_csv([[cell]])


def test_numbers_stay_numbers() -> None:
    assert as_csv([[-3, None, "a;b"]]) == '\ufeff"-3";"";"a;b"\r\n'


@pytest.mark.parametrize(("role", "may"), [({}, 403), ({"is_delegate": True}, 200), ({"is_editor": True}, 200)])
def test_only_those_who_steer_see_it(client: Client, role: dict[str, bool], may: int) -> None:
    client.force_login(UserFactory(**role))

    assert client.get(url()).status_code == client.get(url("usage_csv")).status_code == may


def test_months_are_counted_over_the_years() -> None:
    assert months_until(date(2026, 2, 14), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_after(date(2026, 1, 1)) == date(2026, 2, 1)


def test_the_number_of_queries_does_not_grow(homes: Any, signed_in: Client, count_queries: Any) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            tool = ToolFactory()
            taken(tool, 1, association=EmployerFactory())
            ToolRequest.objects.create(type=tool.type, association=tool.association)

    fill(1)
    signed_in.get(url())
    few = count_queries(lambda: signed_in.get(url()))
    fill(10)

    assert count_queries(lambda: signed_in.get(url())) == few <= 12


def test_a_great_many_associations_have_pages(signed_in: Client, delegate: User) -> None:
    Association.objects.bulk_create(
        Association(slug=f"une-{place}", name_fr="Une", short_name_fr=f"Une {place}", order=place)
        for place in range(AT_ONCE + 5)
    )
    first, second = (soup(signed_in.get(url() + query)) for query in ("?period=24", "?period=24&page=2"))
    names = [row.th.get_text() for page in (first, second) for row in page.select(".usage__associations tbody tr")]

    assert len(first.select(".usage__associations tbody tr")) == AT_ONCE + 1
    assert len(names) == len(set(names)) == Association.objects.count() + 1  # and the public
    assert second.find("a", rel="prev")["href"] == "?period=24&page=1#associations"
    export = reverse("library:export", args=[delegate.association.slug])
    assert all(page.select(f'a[href="{export}"]') for page in (first, second))


def test_what_is_taken_most_was_taken_in_the_period(signed_in: Client) -> None:
    taken(ToolFactory(title="Autrefois"), 9, date(THIS_MONTH.year - 2, 1, 1))
    taken(ToolFactory(title="Jamais"), 0)
    both = ToolFactory(title="Toujours")
    taken(both, 2)
    taken(both, 7, date(THIS_MONTH.year - 2, 1, 1))

    shown = soup(signed_in.get(url())).main.get_text(" ", strip=True)

    assert "Toujours" in shown
    assert "Autrefois" not in shown
    assert "Jamais" not in shown
