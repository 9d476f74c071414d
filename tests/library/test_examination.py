"""What is read in a file that was handed in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from library.actions import store_file
from library.enums import TextState
from library.examination.work import examine_all
from library.models import StoredFile

pytestmark = pytest.mark.django_db

SEED = Path(settings.BASE_DIR) / "library" / "seed" / "files"


def examined(content: bytes, name: str) -> StoredFile:
    """A file after its examination."""
    stored = store_file(ContentFile(content, name=name))
    examine_all([stored])
    return StoredFile.objects.get(pk=stored.pk)


@pytest.mark.parametrize(
    ("name", "words", "language"),
    [
        ("politique-de-teletravail.pdf", "Politique de télétravail", "fr"),
        ("reglement-de-travail-csd.docx", "Règlement de travail", "fr"),
        ("registre-rgpd.xlsx", "Registre des activités de traitement", "fr"),
        ("pv-assemblee-generale.odt", "Procès-verbal", "fr"),
        ("uitnodiging-algemene-vergadering.rtf", "Uitnodiging voor de algemene vergadering", "nl"),
    ],
)
def test_what_is_written_in_a_file_is_known(name: str, words: str, language: str) -> None:
    stored = examined((SEED / name).read_bytes(), name)

    assert stored.text_state == TextState.READ
    assert words in stored.pages.get(number=1).text
    assert stored.language == language


def test_a_pdf_is_read_page_by_page() -> None:
    stored = examined((SEED / "politique-de-teletravail.pdf").read_bytes(), "a.pdf")

    assert stored.page_count == 4
    assert list(stored.pages.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_second_examination_changes_nothing() -> None:
    stored = examined((SEED / "politique-de-teletravail.pdf").read_bytes(), "a.pdf")
    pages = set(stored.pages.values_list("pk", flat=True))

    examine_all([stored])

    assert set(stored.pages.values_list("pk", flat=True)) == pages
