"""Which files the library takes."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from library.actions import store_file
from library.files import check_file, clean_name
from library.models import StoredFile, Tool
from tests.factories.library import PDF, ToolFactory, office, open_document, with_file

DOCX = office(".docx", "word/document.xml")


def refused(content: bytes, name: str) -> str:
    """The code of the refusal; empty when the library takes the file."""
    try:
        check_file(ContentFile(content, name=name))
    except ValidationError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", b"\xef\xbb\xbf" + PDF),
        ("a.docx", DOCX),
        ("a.xlsx", office(".xlsx", "xl/workbook.xml")),
        ("a.pptx", office(".pptx", "ppt/presentation.xml")),
        ("a.odt", open_document(".odt")),
        ("a.ods", open_document(".ods")),
        ("a.rtf", rb"{\rtf1 text}"),
    ],
)
def test_files_that_are_what_they_say_are_taken(name: str, content: bytes) -> None:
    assert refused(content, name) == ""


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"<script>alert(1)</script>", "content"),
        ("a.docx", PDF, "content"),
        ("a.docx", b"PK\x03\x04 broken", "content"),
        ("a.xlsx", DOCX, "content"),
        ("a.odt", open_document(".ods"), "content"),
        ("a.odt", DOCX, "content"),
        ("a.docx", office(".docx", "word/document.xml", {"word/vbaProject.bin": "x"}), "content"),
        ("a.odt", open_document(".odt", {"Basic/Standard/script.xml": "x"}), "content"),
        ("a.docm", DOCX, "format"),
        ("a.exe", b"MZ", "format"),
        ("a.html", b"<html>", "format"),
        ("a.svg", b"<svg>", "format"),
        ("pdf", PDF, "format"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_everything_else_is_refused(name: str, content: bytes, code: str) -> None:
    assert refused(content, name) == code


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_an_archive_with_damaged_parts_is_refused(method: int) -> None:
    kept = BytesIO()
    with ZipFile(kept, "w", method) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>" * 100)
        archive.writestr("word/document.xml", b"<a/>")
    content = bytearray(kept.getvalue())
    start = 30 + len("[Content_Types].xml") + (9 if method == ZIP_LZMA else 0)  # behind the part's header
    content[start : start + 12] = b"\xff" * 12
    assert refused(bytes(content), "a.docx") == "content"


def test_a_macro_document_under_another_name_is_refused() -> None:
    macro = office(".docx", "word/document.xml", content_type="application/vnd.ms-word.document.macroEnabled")
    assert refused(macro, "a.docx") == "content"


def test_too_large_a_file_is_refused_with_the_limit(settings: object) -> None:
    settings.LIBRARY_MAX_FILE_SIZE = 20
    with pytest.raises(ValidationError, match="20"):
        check_file(ContentFile(PDF, name="a.pdf"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Règlement de travail.PDF", "Règlement de travail.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\bureau\\note.docx", "note.docx"),
        ("a\u202efdp.exe.pdf", "a fdp.exe.pdf"),
        ('x" onload="y<b>.pdf', "x- onload=-y-b-.pdf"),
        ("deux\nlignes\t.pdf", "deux lignes.pdf"),
        ("e\u0301te\u0301.odt", "été.odt"),
        ("x" * 300 + ".docx", "x" * 155 + ".docx"),
        ("....pdf", "pdf"),
    ],
)
def test_names_are_safe_on_every_computer(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.django_db
def test_versions_are_numbered_and_described() -> None:
    tool = ToolFactory(updated_on=None)

    first = with_file(tool, "modèle.pdf", added_on=date(2025, 3, 1))
    second = with_file(tool, "modèle 2.docx", DOCX, note="Nouvelle loi", added_on=date(2026, 3, 1))

    assert [first.number, second.number] == [1, 2]
    assert second.size == len(DOCX)
    assert len(second.stored_file.checksum) == 64
    assert second.format == "DOCX"
    assert Tool.objects.get(pk=tool.pk).updated_on == date(2026, 3, 1)
    assert Tool.objects.get(pk=tool.pk).current_version == second


@pytest.mark.django_db
def test_a_refused_file_leaves_no_trace() -> None:
    storage = storages["private"]
    store_file(ContentFile(PDF, name="a.pdf"))
    before = storage.listdir("library")

    with pytest.raises(ValidationError):
        store_file(ContentFile(b"no", name="a.pdf"))

    assert StoredFile.objects.count() == 1
    assert storage.listdir("library") == before


@pytest.mark.django_db
def test_the_same_content_is_kept_once() -> None:
    first, second = with_file(ToolFactory(), "un.pdf"), with_file(ToolFactory(), "deux.pdf")

    assert first.stored_file == second.stored_file
    assert [first.file_name, second.file_name] == ["un.pdf", "deux.pdf"]
