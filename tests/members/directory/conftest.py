"""Who looks for a counterpart, and whom they look for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from members.models import Association, JobFunction, User
from tests.factories.people import EmployerFactory, JobFunctionFactory, UserFactory


@pytest.fixture
def reader() -> User:
    return UserFactory(first_name="Reader", last_name="Zzz")


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def accountant() -> User:
    function = JobFunctionFactory(
        slug="compta", name_fr="Comptabilité", name_nl="Boekhouding", other_names=["facturen", "IT"]
    )
    return UserFactory(
        first_name="Élodie",
        last_name="Vandenbossche",
        job_function=function,
        phone="02 123 45 67",
        spoken_languages=["nl", "ar"],
        ask_me_about="Subsides de la Cocof",
        best_hours="mardi matin",
    )


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def function() -> JobFunction:
    return JobFunctionFactory(slug="rh", name_fr="Ressources humaines")


@pytest.fixture
def empty() -> Association:
    return EmployerFactory(slug="gams", short_name_fr="GAMS")
