"""Every table that a public page reads tells of its changes, so that no page outlives what it shows."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from home.middleware import is_for_everybody
from home.sitemap import entries, number_of_parts
from library.enums import Licence
from library.models import Tool

TABLES = re.compile(r'(?:FROM|JOIN|UPDATE|INTO) "(\w+)"')
# What public pages read that can change without their saying anything else.
EXCUSED = {
    "django_content_type": "the kinds of pages change with the code only",
}


def watched() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname IN ('public_content', 'public_content_all')"
            " GROUP BY 1 HAVING count(*) = 2"
        )
        return {row[0] for row in cursor.fetchall()}


def addresses() -> list[str]:
    """Every public page, and what is public and no page."""
    with override("fr"):
        more = [
            reverse("news:feed"),
            *(reverse("library:public_metadata", args=[tool.slug]) for tool in Tool.objects.public()),
        ]
    told = (entry for part in range(1, number_of_parts() + 1) for entry in entries(part))
    return [*(path for entry in told for path in entry.paths.values()), *more]


def test_every_table_that_public_pages_read_is_watched(content: None, db: None, client: Client) -> None:
    tool = Tool.objects.exclude(current_version=None)[0]
    Tool.objects.filter(pk=tool.pk).update(sharing="public", licence=Licence.CC_BY)
    read: dict[str, str] = {}
    pages = 0

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.update(TABLES.findall(sql))
        return execute(sql, *rest)

    for url in addresses():
        seen: set[str] = set()
        with connection.execute_wrapper(note):
            response = client.get(url)
        if response.status_code == 200 and is_for_everybody(response):
            pages += 1
            read |= dict.fromkeys(seen, url)
    assert pages > 100
    assert {table: url for table, url in read.items() if table not in watched() | set(EXCUSED)} == {}
    assert set(EXCUSED) <= set(read)
    assert {"members_contactpoint", "library_toolversion", "home_alliancesettings", "wagtailcore_page"} <= set(read)
