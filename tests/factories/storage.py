"""Another place for the library's files, for the time of a test."""

import pytest
from django.core.files.storage import Storage, storages

from library.models import StoredFile


def keep_files_in(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library keep its files there; the field asked for its storage when the site started."""
    storages["private"]  # the usual one, to come back to
    monkeypatch.setitem(storages._storages, "private", storage)
    monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", storage)
