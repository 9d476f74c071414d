"""Which files the library takes."""

import zipfile
from datetime import date
from io import BytesIO
from struct import pack
from time import process_time
from unittest.mock import patch
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from library.actions import store_file
from library.examination.recognition import has_macros
from library.files import check_file, clean_name
from library.models import StoredFile, Tool
from tests.factories.library import PDF, ToolFactory, office, open_document, with_file

DOCX = office(".docx", "word/document.xml")
MACRO = "application/vnd.ms-word.document.macroEnabled"


def taken(content: bytes, name: str) -> str:
    """The suffix under which the library keeps a file, or the code of its refusal."""
    try:
        return check_file(ContentFile(content, name=name))
    except ValidationError as error:
        return str(error.code)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.pdf", PDF, ".pdf"),
        ("a.PDF", b"\xef\xbb\xbf" + PDF, ".pdf"),
        ("a.docx", DOCX, ".docx"),
        ("a.xlsx", office(".xlsx", "xl/workbook.xml"), ".xlsx"),
        ("a.pptx", office(".pptx", "ppt/presentation.xml"), ".pptx"),
        ("a.odt", open_document(".odt"), ".odt"),
        ("a.ods", open_document(".ods"), ".ods"),
        ("a.odp", open_document(".odp"), ".odp"),
        ("a.rtf", rb"{\rtf1 text}", ".rtf"),
        ("a.txt", "Été".encode(), ".txt"),
        ("a.txt", "Été".encode("latin-1"), ".txt"),
        ("a.txt", "Été".encode("utf-16"), ".txt"),
        ("a.html", b"<!DOCTYPE html><p>a", ".html"),
        ("a.htm", b"<p>a", ".html"),
    ],
)
def test_files_that_are_what_they_say_are_taken(name: str, content: bytes, kept: str) -> None:
    assert taken(content, name) == kept


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.pdf", DOCX, ".docx"),
        ("a.docx", PDF, ".pdf"),
        ("a.odt", open_document(".ods"), ".ods"),
        ("a", PDF, ".pdf"),
        ("a.exe", PDF, ".pdf"),
        ("a.txt", b"<html><body>a", ".html"),
    ],
)
def test_the_content_says_what_a_file_is(name: str, content: bytes, kept: str) -> None:
    assert taken(content, name) == kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"\x89PNG\r\n\x1a\n"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", office(".docx", "word/document.xml", {"word/vbaProject.bin": "x"})),
        ("a.odt", open_document(".odt", {"Basic/Standard/script.xml": "x"})),
        ("a.txt", b"MZ\x90\0"),
    ],
)
def test_what_only_its_name_tells_is_kept_as_that(name: str, content: bytes) -> None:
    assert taken(content, name) == name[1:]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ\x90\0", "format"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "format"),
        ("a.zip", b"PK\x03\x04 broken", "format"),
        ("a.eml", b"From: somebody\n\nText", "format"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "format"),
        ("a.docm", office(".docx", "word/document.xml", content_type=MACRO), "format"),
        ("a", b"only words", "format"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_everything_else_is_refused(name: str, content: bytes, code: str) -> None:
    assert taken(content, name) == code


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_an_archive_with_damaged_parts_is_kept_as_its_name_says(method: int) -> None:
    kept = BytesIO()
    with ZipFile(kept, "w", method) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>" * 100)
        archive.writestr("word/document.xml", b"<a/>")
    content = bytearray(kept.getvalue())
    start = 30 + len("[Content_Types].xml") + (9 if method == ZIP_LZMA else 0)  # behind the part's header
    content[start : start + 12] = b"\xff" * 12
    assert taken(bytes(content), "a.docx") == ".docx"


@pytest.mark.parametrize("lie", ["before its end", "beside its end"])
def test_an_archive_with_an_endless_list_of_parts_is_not_opened(lie: str) -> None:
    parts = b"PK\1\2".ljust(46, b"\0") * 100_000
    head, end = b"PK\3\4".ljust(30, b"\0"), b"PK\5\6" + bytes(4) + pack("<HH", 1, 1)
    if lie == "before its end":  # an end in the comment of the last part
        last = bytearray(b"PK\1\2".ljust(46, b"\0") + b"PK\5\6" + bytes(4))
        last[32:34] = pack("<H", 8)
        parts += last
        content = head + parts + end + pack("<LLH", len(parts), len(head), 0)
    else:  # the end for archives of more than 4 GB says something else
        large = b"PK\6\6" + pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 9, 9, len(parts), len(head))
        found = b"PK\6\7" + pack("<LQL", 0, len(head) + len(parts), 1)
        content = head + parts + large + found + end + pack("<LLH", 0, len(head), 0)

    with patch.object(zipfile, "ZipInfo", side_effect=AssertionError("a part was read")):
        assert taken(content, "a.docx") == ".docx"  # as its name says
        assert not has_macros(BytesIO(content))


def test_an_archive_whose_parts_lie_nowhere_is_kept_as_its_name_says() -> None:
    start, end = DOCX.index(b"PK\1\2"), DOCX.index(b"PK\5\6")
    part = bytearray(DOCX[start : start + 46 + len("[Content_Types].xml")])
    part[30:32], part[42:46] = pack("<H", 12), b"\xff" * 4  # where it lies is said in 64 bits
    parts = bytes(part) + pack("<HHQ", 1, 8, 2**64 - 1) + DOCX[start + len(part) : end]
    content = DOCX[:start] + parts + DOCX[end : end + 12] + pack("<L", len(parts)) + DOCX[end + 16 :]

    assert taken(content, "a.docx") == ".docx"
    assert not has_macros(BytesIO(content))


def test_a_web_page_that_begins_with_many_comments_is_recognised_in_no_time() -> None:
    many = b"<?xml?> <!--a-->\n" * 3000

    began = process_time()

    assert taken(many + b"<html>", "a.txt") == ".html"
    assert taken(many + b"a", "a.txt") == ".txt"
    assert process_time() - began < 1


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
        ("Version 1.2 du plan", "Version 1.2 du plan"),
        ("CON.pdf", "CON-.pdf"),
        ("a\udc80.pdf", "a.pdf"),
    ],
)
def test_names_are_safe_on_every_computer(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    ("given", "suffix", "kept"),
    [
        ("contrat.pdf", ".docx", "contrat.docx"),
        ("Version 1.2", ".pdf", "Version 1.2.pdf"),
        ("page.htm", ".html", "page.htm"),
        ("x" * 300, ".docx", "x" * 155 + ".docx"),
    ],
)
def test_a_name_gets_the_suffix_of_the_content(given: str, suffix: str, kept: str) -> None:
    assert clean_name(given, suffix) == kept


@pytest.mark.django_db
def test_macros_are_noted() -> None:
    content = office(".docx", "word/document.xml", {"word/vbaProject.bin": "x"})
    assert store_file(ContentFile(content, name="a.docx")).has_macros


@pytest.mark.django_db
def test_a_content_that_was_lost_comes_back_with_the_next_upload() -> None:
    stored = store_file(ContentFile(PDF, name="a.pdf"))
    storages["private"].delete(stored.file.name)

    again = store_file(ContentFile(PDF, name="b.pdf"))

    assert again == stored
    assert again.file.read() == PDF


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
        store_file(ContentFile(b"no", name="a.exe"))

    assert StoredFile.objects.count() == 1
    assert storage.listdir("library") == before


@pytest.mark.django_db
def test_the_same_content_is_kept_once() -> None:
    first, second = with_file(ToolFactory(), "un.pdf"), with_file(ToolFactory(), "deux.pdf")

    assert first.stored_file == second.stored_file
    assert [first.file_name, second.file_name] == ["un.pdf", "deux.pdf"]
