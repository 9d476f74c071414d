"""The map of who does what in which association, and where nobody is listed."""

from typing import Any

import pytest
from bs4 import Tag
from django.test import Client
from django.urls import reverse

from members.models import Association, JobFunction
from tests.factories.people import EmployerFactory, JobFunctionFactory, UserFactory
from tests.reading import soup

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def cell(client: Client, function: JobFunction, association: Association) -> Tag:
    """The place of the map where a job and an association meet."""
    for row in soup(client.get(url("coverage"))).select("tbody tr"):
        if row.th.get_text(strip=True) == str(function):
            return row.select_one(f'td[data-label="{association}"]')
    raise AssertionError(f"{function} is not on the map")


def test_the_map_shows_who_does_what(signed_in: Client, function: JobFunction, empty: Association) -> None:
    person = UserFactory(job_function=function)

    shown = cell(signed_in, function, person.association)

    assert shown.a["href"] == url("counterpart", person.pk)
    assert cell(signed_in, function, empty).a["href"] == url("suggest_counterpart", "rh", "gams")


def test_nobody_and_somebody_who_did_not_agree_look_the_same(signed_in: Client, function: JobFunction) -> None:
    hidden = UserFactory(job_function=function, is_in_directory=False)
    nobody = EmployerFactory()

    gaps = [
        str(cell(signed_in, function, one)).replace(one.slug, "X").replace(f"hue-{one.hue}", "")
        for one in (hidden.association, nobody)
    ]

    assert gaps[0] == gaps[1] != ""


def test_associations_that_are_not_published_have_no_column(signed_in: Client, function: JobFunction) -> None:
    hidden = EmployerFactory(short_name_fr="Fantôme", live=False)
    UserFactory(job_function=function, association=hidden)

    assert "Fantôme" not in signed_in.get(url("coverage")).content.decode()
    assert signed_in.get(url("suggest_counterpart", "rh", hidden.slug)).status_code == 404


def test_one_job_can_be_looked_at_alone(signed_in: Client, function: JobFunction) -> None:
    JobFunctionFactory()

    one = soup(signed_in.get(url("coverage"), {"function": "rh"}))
    wrong = signed_in.get(url("coverage"), {"function": "klingon"})

    assert [row.th.get_text(strip=True) for row in one.select("tbody tr")] == ["Ressources humaines"]
    assert wrong.status_code == 422
    assert len(soup(wrong).select("tbody tr")) == 2


def test_a_long_map_comes_in_pages(signed_in: Client, function: JobFunction) -> None:
    EmployerFactory.create_batch(14)

    shown = [len(soup(signed_in.get(url("coverage"), {"page": page})).select("tbody td")) for page in ("1", "2")]

    assert shown == [10, Association.objects.count() - 10]
