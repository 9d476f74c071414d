"""What the tests of leaving and of one's own data do and look at."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.accounts import actions
from members.models import User
from tests.forgetting import forget

PEOPLE = ("people who left", "accounts that were suspended", "people who asked to be erased")


def taken_by(person: User) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    response = client.post(reverse("members:take_my_data"))
    with ZipFile(BytesIO(response.content)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def erased() -> int:
    """Forget, and give how many people were erased."""
    gone = forget()
    return sum(gone.get(what, 0) for what in PEOPLE)


def close(person: User, by: User, *, days_ago: int) -> None:
    actions.end(person=person, by=by)
    User.objects.filter(pk=person.pk).update(closed_at=timezone.now() - timedelta(days=days_ago))


def everything_in_the_database(text: str) -> list[str]:
    """The tables in which a text still stands somewhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT 1 FROM "{table}" AS one WHERE one::text ILIKE %s LIMIT 1', [f"%{text}%"])  # noqa: S608  # names of tables
            if cursor.fetchone():
                found.append(table)
    return found
