"""Reads short records of several tables in one query, such as all the choices of a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from translated_fields import to_attribute

from home.languages import LANGUAGES

Wanted = tuple[QuerySet[Any], Sequence[str]]  # records, and which of their columns


def read_at_once(person: Any, wanted: Mapping[str, Wanted]) -> dict[str, list[Any]]:
    """The records of each queryset, by its name and in its order; columns that are not named are read when needed.

    The query hangs on the row of somebody who is there, the one who asks.
    """
    told = [ArraySubquery(rows.values(json=_told(rows.model, columns))) for rows, columns in wanted.values()]
    [found] = person._meta.model._base_manager.filter(pk=person.pk).values_list(*told)
    return {
        name: [_record(rows, facts) for facts in each]
        for (name, (rows, _columns)), each in zip(wanted.items(), found, strict=True)
    }


def in_both(*names: str) -> list[str]:
    """The columns of bilingual fields."""
    return [to_attribute(name, language) for name in names for language in LANGUAGES]


def _told(model: Any, columns: Sequence[str]) -> JSONObject:
    return JSONObject(**{column: column for column in (model._meta.pk.attname, *columns)})


def _record(rows: QuerySet[Any], facts: dict[str, Any]) -> Any:
    """As if it was read by itself, its columns in the order of the model."""
    read = [field for field in rows.model._meta.concrete_fields if field.attname in facts]
    return rows.model.from_db(
        rows.db, [one.attname for one in read], [one.to_python(facts[one.attname]) for one in read]
    )
