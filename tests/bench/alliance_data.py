"""Makes an alliance as large as wanted: associations and their people, and what the working groups did for years.

Everything is inserted in bulk and is the same in every run. One person of each role stands where much is to be seen:
in several groups, among many colleagues, next to the article that everybody talks about.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.bench.group_data import add_groups
from tests.bench.own_database import own_database
from tests.bench.people_data import Alliance, Sizes, add_people
from tests.factories.home import make_homes


@contextmanager
def alliance_of(template: str, sizes: Sizes) -> Iterator[Alliance]:
    """A database with an alliance of this size, removed afterwards."""
    with own_database(template, name_of(sizes)):
        make_homes()
        alliance = fill(sizes)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield alliance


def name_of(sizes: Sizes) -> str:
    """The database of an alliance of this size."""
    return f"otonom_bench_{sizes.people}_people"


def fill(sizes: Sizes) -> Alliance:
    """People first, then what they do in groups; the home pages must be there."""
    alliance = add_people(sizes)
    add_groups(alliance)
    return alliance
