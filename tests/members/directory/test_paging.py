"""The directory page by page, and what readings of mistyped words count."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.directory.views.people import PEOPLE_PER_PAGE
from members.models import JobFunction, User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import JobFunctionFactory, UserFactory
from tests.reading import main_text, soup

pytestmark = pytest.mark.django_db


def directory() -> str:
    return reverse("members:counterparts")


def shown(client: Client, **query: Any) -> list[str]:
    return [name.get_text() for name in soup(client.get(directory(), query)).select(".counterpart__name")]


def test_a_long_directory_has_pages_in_the_order_of_names(signed_in: Client, function: JobFunction) -> None:
    for place in range(PEOPLE_PER_PAGE + 5):
        UserFactory(last_name=f"Nom {99 - place:02}", job_function=function, spoken_languages=["pl"])
    everybody = [str(one) for one in User.objects.listed().by_name()]

    pages = [shown(signed_in, page=page) for page in (1, 2)]
    found = [shown(signed_in, page=page, language="pl", q="ressources") for page in (1, 2)]
    last = soup(signed_in.get(directory(), {"page": 2, "language": "pl"}))

    assert [len(page) for page in pages] == [PEOPLE_PER_PAGE, len(everybody) - PEOPLE_PER_PAGE]
    assert pages[0] + pages[1] == everybody
    assert [len(page) for page in found] == [PEOPLE_PER_PAGE, 5]
    assert found[0] + found[1] == [name for name in everybody if "Nom " in name]
    assert f"{PEOPLE_PER_PAGE + 5} personnes" in last.main.get_text()
    assert last.find("a", rel="prev")["href"] == "?page=1&language=pl"


def test_a_job_that_nobody_has_is_no_reading_of_a_mistyped_word(signed_in: Client) -> None:
    JobFunctionFactory(slug="plomberie", name_fr="Plomberie", name_nl="Loodgieterij")

    assert "plomberie" not in main_text(signed_in.get(directory(), {"q": "plombberie"})).casefold()


def test_a_group_without_anybody_is_no_reading_of_a_mistyped_word(signed_in: Client, accountant: User) -> None:
    group = WorkingGroupFactory(name_fr="Plomberie")

    assert "plomberie" not in main_text(signed_in.get(directory(), {"q": "plombberie"})).casefold()
    group.members.set([accountant])
    group.save()
    assert shown(signed_in, q="plombberie") == [str(accountant)]


def test_a_mistyped_word_means_a_job_rather_than_a_name(signed_in: Client, accountant: User) -> None:
    named = UserFactory(first_name="Compdable")
    UserFactory(first_name="Compdable")
    JobFunction.objects.filter(pk=accountant.job_function_id).update(name_fr="Comptable")

    assert shown(signed_in, q="comprable") == [str(accountant)]
    assert str(named) in shown(signed_in, q="compdable")
