"""What is read in a file that was handed in."""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path, PurePath
from tempfile import gettempdir
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from PIL import Image

from library.actions import store_file
from library.enums import TextFault, TextState
from library.examination import bounds
from library.examination.likeness import likeness
from library.examination.reader import Reader
from library.examination.recognition import recognised
from library.examination.work import examine_all
from library.files import CONTENT_TYPES
from library.models import StoredFile
from tests.library.fuzz import odd_files
from tests.library.odd_files import UNREADABLE, docx, linking_odt, paragraph, pdf

pytestmark = pytest.mark.django_db

TWO = ("reglement-de-travail-csd.docx", "politique-de-teletravail.pdf")
SEED = Path(settings.BASE_DIR) / "library" / "seed" / "files"
needs_office = pytest.mark.skipif(
    not shutil.which("soffice") and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


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


def states(files: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """The state and the fault of files that one process examined in a row."""
    stored = {name: store_file(ContentFile(content, name=name)) for name, content in files.items()}
    examine_all(stored.values())
    found = {name: StoredFile.objects.get(pk=kept.pk) for name, kept in stored.items()}
    assert [name for name, kept in found.items() if kept.file.read() != files[name]] == [], "the upload is lost"
    return {name: (kept.text_state, kept.text_fault) for name, kept in found.items()}


def test_what_cannot_be_read_is_kept_and_says_why() -> None:
    found = states({name: make() for name, (make, _fault) in UNREADABLE.items()})

    assert found == {name: (TextState.UNREADABLE, fault) for name, (_make, fault) in UNREADABLE.items()}
    assert not (Path(gettempdir()).parent / "tmp" / "otonom-was-here").exists()


def test_odd_files_end_in_good_time() -> None:
    files = {name: content for name, content in odd_files(60, seed=4) if is_taken(name, content)}
    began = time.monotonic()

    found = states(files)

    assert TextState.WAITING not in {state for state, _fault in found.values()}
    assert len(found) > 30
    assert time.monotonic() - began < 20


def is_taken(name: str, content: bytes) -> bool:
    return bool(recognised(BytesIO(content), PurePath(name).suffix) or PurePath(name).suffix in CONTENT_TYPES)


def test_a_very_long_document_is_read_as_far_as_it_goes() -> None:
    stored = examined(pdf(3000), "a.pdf")

    assert (stored.page_count, stored.text_state, stored.text_fault) == (3000, TextState.EMPTY, TextFault.PAGES)


def test_a_process_that_hangs_is_ended_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS_FOR_TEXT", -2)  # the patience that is added leaves nothing
    first = examined(b"Un texte qui attend. " * 9, "a.txt")
    monkeypatch.undo()
    second = examined(b"Un autre texte. " * 9, "b.txt")

    assert (first.text_state, first.text_fault) == (TextState.UNREADABLE, TextFault.SLOW)
    assert second.text_state == TextState.READ


def test_letters_that_a_database_refuses_are_left_out() -> None:
    stored = examined(docx(paragraph("avant&#xD800;&#0;\x07 après")), "a.docx")

    assert stored.pages.get().text == "avant après"


def test_near_copies_are_alike_and_others_are_not() -> None:
    text, other = (
        "\n".join(page.text for page in examined((SEED / name).read_bytes(), name).pages.all()) for name in TWO
    )

    assert apart(likeness(text), likeness(text.replace("2024", "2026").replace("travail", "boulot", 3))) <= 10
    assert apart(likeness(text), likeness(other)) > 15
    assert likeness("trois petits mots") is None


def apart(one: int | None, two: int | None) -> int:
    """The number of bits in which two fingerprints differ."""
    assert one is not None
    assert two is not None
    return ((one ^ two) & (2**64 - 1)).bit_count()


def test_the_first_pages_of_a_pdf_are_pictured() -> None:
    stored = examined((SEED / "politique-de-teletravail.pdf").read_bytes(), "a.pdf")

    assert stored.preview_count == 3
    with Image.open(storages["private"].open(stored.preview_path(1))) as picture:
        assert (picture.format, picture.width) == ("WEBP", 800)


@needs_office
def test_the_first_pages_of_an_office_file_are_pictured_where_libreoffice_is(settings: object) -> None:
    settings.LIBRARY_SOFFICE = shutil.which("soffice")
    stored = examined((SEED / "pv-assemblee-generale.odt").read_bytes(), "a.odt")

    assert stored.preview_count > 0
    assert storages["private"].exists(stored.preview_path(stored.preview_count))


@needs_office
def test_a_picture_shows_no_other_file_of_the_machine(settings: object, tmp_path: Path) -> None:
    settings.LIBRARY_SOFFICE = shutil.which("soffice")
    secret = tmp_path / "secret.png"
    Image.new("RGB", (400, 400), "red").save(secret)
    stored = examined(linking_odt(secret), "a.odt")

    with Image.open(storages["private"].open(stored.preview_path(1))) as picture:
        colours = picture.convert("RGB").getcolors(2**24)
    assert not [colour for _number, colour in colours if colour[0] > 200 and colour[1] < 60]


@needs_office
def test_an_rtf_has_no_picture_because_it_can_name_other_files(settings: object, tmp_path: Path) -> None:
    settings.LIBRARY_SOFFICE = shutil.which("soffice")
    secret = tmp_path / "secret.png"
    Image.new("RGB", (400, 400), "red").save(secret)
    content = r'{\rtf1 {\field{\*\fldinst INCLUDEPICTURE "WHERE" \\d}{\fldrslt x}} fin}'.replace("WHERE", str(secret))
    stored = examined(content.encode(), "a.rtf")

    assert (stored.text_state, stored.preview_count) == (TextState.READ, 0)


def test_a_lost_file_is_said(caplog: pytest.LogCaptureFixture) -> None:
    stored = store_file(ContentFile(b"Un texte.", name="a.txt"))
    storages["private"].delete(stored.file.name)

    examine_all([stored])

    assert StoredFile.objects.get(pk=stored.pk).text_fault == TextFault.LOST
    assert stored.file.name in caplog.text


def test_what_waits_is_taken_up() -> None:
    stored = store_file(ContentFile(b"Un texte.", name="a.txt"))

    call_command("library_examine")

    assert StoredFile.objects.get(pk=stored.pk).text_state == TextState.READ
    assert not StoredFile.objects.waiting().exists()


def test_a_file_is_examined_as_soon_as_it_is_kept(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored = store_file(ContentFile(b"Un texte.", name="a.txt"))

    assert StoredFile.objects.get(pk=stored.pk).text_state == TextState.READ


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    with Reader() as reader:
        reader.draw(SEED / "pv-assemblee-generale.odt", ".odt", "no LibreOffice")  # starts it
        assert reader.process is not None
        known = Path(f"/proc/{reader.process.pid}/environ").read_bytes()

    assert b"not for the child" not in known
