"""Saving only what was changed, so that who saves late undoes nothing that somebody else saved meanwhile."""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any, Self

from django.db import models


class SavesChanges(models.Model):
    """Remembers what was read, and writes what differs; the whole row is written once, when it is made.

    Libraries read a person at the start of a request and save all of it at the end: an account that was closed in
    between stays closed. Where a transaction is rolled back after a save, what is remembered is ahead of the database:
    read the object anew before saving it again.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write what differs from what was read, unless fields are named."""
        if kwargs.get("update_fields") is None and not (self._state.adding or kwargs.get("force_insert")):
            kwargs["update_fields"] = self._changed()
        super().save(*args, **kwargs)
        self._remember(kwargs.get("update_fields"))

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """Remember what the database says."""
        read = super().from_db(db, field_names, values)
        read._remember()
        return read

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Remember what the database says now."""
        names = None if fields is None else set(fields)
        super().refresh_from_db(using, names, from_queryset)
        self._remember(names)

    def _changed(self) -> set[str]:
        read = self.__dict__.get("_read", {})
        fields = [field for field in self._meta.concrete_fields if field.attname in self.__dict__]
        unknown = object()
        changed = (one for one in fields if read.get(one.attname, unknown) != self.__dict__[one.attname])
        return {field.name for field in changed if not field.primary_key}

    def _remember(self, names: Collection[str] | None = None) -> None:
        """Keep a copy of these fields, or of all that have a value here; reading others would ask the database."""
        held = self.__dict__
        fields = [field for field in self._meta.concrete_fields if field.attname in held]
        if names is not None:
            fields = [field for field in fields if {field.name, field.attname} & set(names)]
        held["_read"] = held.get("_read", {}) | {one.attname: copy(held[one.attname]) for one in fields}
