"""What ``manage.py forget`` takes away of the library, and what it leaves."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.utils import timezone

from library.actions import store_file
from library.enums import ScanState
from library.keeping import tidying
from library.models import Draft, StoredFile
from tests.factories.library import PDF, ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.factories.storage import keep_files_in
from tests.forgetting import forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test with no file; the usual storage outlives a test's transaction."""
    keep_files_in(InMemoryStorage(), monkeypatch)


@pytest.fixture
def without_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is on its way."""
    monkeypatch.setattr(tidying, "GRACE", timedelta())


def stored(content: bytes = PDF, days_ago: int = 0) -> StoredFile:
    made = store_file(ContentFile(content, name="a.pdf"))
    StoredFile.objects.filter(pk=made.pk).update(received_at=timezone.now() - timedelta(days=days_ago))
    return made


def draft_of(made: StoredFile, days_ago: int) -> Draft:
    at = timezone.now() - timedelta(days=days_ago)
    return Draft.objects.create(owner=UserFactory(), stored_file=made, file_name="a.pdf", created_at=at)


def test_a_content_that_nothing_uses_goes_after_a_day() -> None:
    old, young = stored(days_ago=2), stored(PDF + b"2")

    forget()

    assert list(StoredFile.objects.all()) == [young]
    assert not storages["private"].exists(old.file.name)
    assert storages["private"].exists(young.file.name)


def test_what_versions_and_drafts_use_stays(without_grace: None) -> None:
    version = with_file(ToolFactory())
    StoredFile.objects.update(received_at=timezone.now() - timedelta(days=90))
    draft = draft_of(stored(PDF + b"2", days_ago=90), days_ago=29)

    forget()

    assert storages["private"].exists(version.stored_file.file.name)
    assert storages["private"].exists(draft.stored_file.file.name)


def test_a_draft_goes_after_a_month_with_its_content() -> None:
    draft_of(stored(days_ago=31), days_ago=31)

    forget()

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_no_row_knows_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = stored()
    for name in ("library/lost.pdf", "previews/lost-1.webp"):
        storages["private"].save(name, ContentFile(b"left by a process that was killed"))

    forget()
    assert storages["private"].exists("library/lost.pdf"), "it may be on its way"
    StoredFile.objects.update(preview_count=1)
    storages["private"].save(kept.preview_path(1), ContentFile(b"a picture"))
    draft_of(kept, days_ago=0)
    monkeypatch.setattr(tidying, "GRACE", timedelta())

    forget()

    assert not storages["private"].exists("library/lost.pdf")
    assert not storages["private"].exists("previews/lost-1.webp")
    assert storages["private"].exists(kept.file.name)
    assert storages["private"].exists(kept.preview_path(1))


def test_what_is_handed_in_again_meanwhile_stays() -> None:
    made = stored(days_ago=2)
    before = timezone.now() - timedelta(days=1)

    store_file(ContentFile(PDF, name="b.pdf"))

    assert not tidying.delete_if_unused(made.pk, before)
    assert storages["private"].exists(made.file.name)


def test_what_held_a_virus_is_remembered(without_grace: None) -> None:
    stored(days_ago=400)
    StoredFile.objects.update(scan=ScanState.INFECTED)

    forget()

    assert StoredFile.objects.exists()


def test_it_says_what_it_did() -> None:
    stored(days_ago=2)
    draft_of(stored(PDF + b"2", days_ago=40), days_ago=40)

    assert forget("--dry-run") == {"drafts": 1, "contents that nothing uses": 1}
    assert forget() == {"drafts": 1, "contents that nothing uses": 2}
    assert forget() == {}
