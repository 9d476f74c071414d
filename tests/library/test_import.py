"""``manage.py library_import``: a folder and a table become tools, each row whole or not at all, and only once."""

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from library.enums import SharingLevel
from library.models import StoredFile, Tool, ToolType
from members.models import Association, User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import PDF, ThemeFactory, ToolFactory, ToolTypeFactory, office
from tests.factories.people import EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(db: None) -> ToolType:
    return ToolTypeFactory(slug="formulaire", name_fr="Formulaire", name_nl="Formulier")


@pytest.fixture
def owner(db: None) -> Association:
    return EmployerFactory(slug="csd")


@pytest.fixture
def folder(tmp_path: Path, kind: ToolType, owner: Association) -> Path:
    (tmp_path / "files" / "rh").mkdir(parents=True)
    (tmp_path / "files" / "note.pdf").write_bytes(PDF)
    (tmp_path / "files" / "rh" / "été.docx").write_bytes(office(".docx", "word/document.xml"))
    return tmp_path / "files"


def row(file: str = "note.pdf", **changes: Any) -> dict[str, Any]:
    return {"file": file, "title": f"Titre {file}", "type": "formulaire", "association": "csd"} | changes


def manifest(folder: Path, *rows: dict[str, Any], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path = folder.parent / "manifest.csv"
    columns = list(dict.fromkeys(name for one in rows for name in one))
    with path.open("w", newline="", encoding=encoding) as opened:
        table = csv.DictWriter(opened, columns, delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


def run(folder: Path, table: Path, **options: Any) -> tuple[list[dict[str, str]], bool]:
    """Import; gives the report and whether everything was taken."""
    report, is_complete = folder.parent / "report.csv", True
    try:
        call_command("library_import", folder, manifest=table, report=report, **options)
    except CommandError:
        is_complete = False
    with report.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";")), is_complete


def test_rows_become_tools_with_what_they_say(folder: Path, owner: Association) -> None:
    theme, group, by = ThemeFactory(slug="rh"), WorkingGroupFactory(slug_nl="personeel"), UserFactory(is_editor=True)
    contact = UserFactory(email="mira@exemple.test", association=owner)
    everything = row(
        "rh/été.docx",
        summary="Pour l'été.",
        themes="rh; ",
        language="nl",
        sharing="groups",
        groups="personeel",
        licence="cc-by",
        author="Le service",
        origin="Un modèle",
        contact="MIRA@exemple.test",
        review_on="31/01/2027",
        search_words="zomer; vacances",
        slug="ete",
    )

    report, is_complete = run(folder, manifest(folder, everything), by=by.email)

    tool = Tool.objects.get(slug="ete")
    assert is_complete
    assert (tool.language, tool.sharing, tool.licence, str(tool.review_on)) == ("nl", "groups", "cc-by", "2027-01-31")
    assert (list(tool.themes.all()), list(tool.groups.all()), tool.contact) == ([theme], [group], contact)
    assert tool.search_words == ["zomer", "vacances"]
    assert (tool.current_version.file_name, tool.current_version.added_by) == ("été.docx", by)
    assert [line["what"] for line in report] == ["new", "not in the manifest"]


def test_four_columns_are_enough(folder: Path) -> None:
    run(folder, manifest(folder, row()))

    tool = Tool.objects.get()
    assert (tool.sharing, tool.language, tool.summary) == (SharingLevel.ASSOCIATION, "fr", "Titre note.pdf")
    assert tool.current_version is not None


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252"), (",", "utf-8")]
)
def test_tables_as_office_programs_write_them(folder: Path, delimiter: str, encoding: str) -> None:
    table = manifest(folder, row("rh/été.docx", title="L'été"), delimiter=delimiter, encoding=encoding)

    assert run(folder, table)[1]
    assert Tool.objects.get().title == "L'été"


def test_names_are_found_however_a_disk_writes_them(folder: Path) -> None:
    (folder / "de\u0301cembre.pdf").write_bytes(PDF)

    assert run(folder, manifest(folder, row("./d\u00e9cembre.pdf"), row("rh\\\u00e9t\u00e9.docx")))[1]


def test_again_adds_nothing(folder: Path) -> None:
    table = manifest(folder, row(), row("rh/été.docx", slug="ete"))
    run(folder, table)

    report, is_complete = run(folder, table)

    assert is_complete
    assert {line["what"] for line in report} == {"there already"}
    assert Tool.objects.count() == 2
    assert [tool.versions.count() for tool in Tool.objects.all()] == [1, 1]


def test_what_people_changed_meanwhile_stays(folder: Path) -> None:
    table = manifest(folder, row())
    run(folder, table)
    Tool.objects.update(title="Mieux", sharing=SharingLevel.ALLIANCE)

    run(folder, table)

    assert list(Tool.objects.values_list("title", "sharing")) == [("Mieux", SharingLevel.ALLIANCE)]


def test_a_slug_that_is_there_gets_a_version(folder: Path, owner: Association) -> None:
    tool = ToolFactory(association=owner, slug="note")

    report, _is_complete = run(folder, manifest(folder, row(slug="note")))

    assert report[0]["what"] == "new version"
    assert tool.versions.get().file_name == "note.pdf"


def test_killed_in_the_middle_it_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = manifest(folder, row(), row("rh/été.docx"))
    from library.importing import rows  # noqa: PLC0415  # to stop it

    taken, keep = [], rows._keep

    def killed(*args: Any) -> Any:
        if taken:
            raise KeyboardInterrupt
        taken.append(args)
        return keep(*args)

    with monkeypatch.context() as patch:
        patch.setattr(rows, "_keep", killed)
        with pytest.raises(KeyboardInterrupt):
            run(folder, table)
    assert Tool.objects.count() == 1

    report, _is_complete = run(folder, table)

    assert [line["what"] for line in report] == ["there already", "new"]
    assert Tool.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"title": "nul\0"}, "title"),
        ({"type": "inconnu"}, "type"),
        ({"association": "inconnue"}, "association"),
        ({"themes": "inconnu"}, "themes"),
        ({"language": "de"}, "language"),
        ({"sharing": "monde"}, "sharing"),
        ({"sharing": "public"}, "sharing"),
        ({"sharing": "groups"}, "groups"),
        ({"groups": "inconnu"}, "groups"),
        ({"licence": "mit"}, "licence"),
        ({"contact": "personne@exemple.test"}, "contact"),
        ({"review_on": "demain"}, "review_on"),
        ({"search_words": "x" * 81}, "search_words"),
        ({"slug": "à l'été"}, "slug"),
        ({"slug": "autre"}, "slug"),
        ({"file": ""}, "file"),
        ({"file": "absent.pdf"}, "file"),
        ({"file": "../manifest.csv"}, "file"),
        ({"file": "/etc/passwd"}, "file"),
        ({"file": "rh"}, "file"),
        ({"file": "lien.pdf"}, "file"),
        ({"file": "tuyau.pdf"}, "file"),
        ({"file": "vide.pdf"}, "file"),
        ({"file": "programme.exe"}, "file"),
    ],
    ids=str,
)
def test_a_bad_row_is_refused_with_its_line_and_column_and_stops_nothing(
    folder: Path, changes: dict[str, str], column: str
) -> None:
    ToolFactory(slug="autre")
    (folder.parent / "dehors.pdf").write_bytes(PDF)
    (folder / "lien.pdf").symlink_to(folder.parent / "dehors.pdf")
    os.mkfifo(folder / "tuyau.pdf")
    (folder / "vide.pdf").touch()
    (folder / "programme.exe").write_bytes(b"MZ")

    report, is_complete = run(folder, manifest(folder, row(**changes), row("rh/été.docx")))

    assert not is_complete
    assert (report[0]["line"], report[0]["what"], report[0]["column"]) == ("2", "refused", column)
    assert report[0]["reason"]
    assert [line["what"] for line in report if line["line"] == "3"] == ["new"]
    assert Tool.objects.exclude(slug="autre").count() == 1


def test_every_fault_of_a_row_is_told(folder: Path) -> None:
    report, _is_complete = run(folder, manifest(folder, row("absent.pdf", title="", type="x")))

    assert [line["column"] for line in report if line["what"] == "refused"] == ["title", "type", "file"]


def test_the_line_is_the_one_that_an_editor_shows(folder: Path) -> None:
    report, _is_complete = run(folder, manifest(folder, row(summary="sur\ndeux lignes"), row("absent.pdf")))

    assert [line["line"] for line in report[:2]] == ["2", "4"]


def test_files_that_no_row_names_are_told(folder: Path) -> None:
    report, is_complete = run(folder, manifest(folder, row()))

    assert is_complete
    assert report[-1]["file"] == "rh/été.docx"
    assert report[-1]["what"] == "not in the manifest"


def test_a_name_that_is_no_text_stops_nothing(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.pdf")).write_bytes(PDF)

    report, is_complete = run(folder, manifest(folder, row()))

    assert is_complete
    assert len(report) == 3


@pytest.mark.parametrize(
    "columns", ["file,title,type", "file,title,type,association,colour", "file,title,type,association,file"]
)
def test_wrong_columns_stop_it_before_anything(folder: Path, columns: str) -> None:
    table = folder.parent / "manifest.csv"
    table.write_text(f"{columns}\nnote.pdf,Titre,formulaire,csd,x\n")

    with pytest.raises(CommandError):
        call_command("library_import", folder, manifest=table)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("options", [{}, {"manifest": Path("absent.csv")}, {"manifest": Path("x"), "by": "x@y.test"}])
def test_what_is_missing_is_said(folder: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("library_import", folder, **options)


def test_people_import_for_their_own_association(folder: Path, owner: Association) -> None:
    stranger, colleague = UserFactory(), UserFactory(association=owner)

    assert run(folder, manifest(folder, row()), by=stranger.email)[0][0]["column"] == "association"
    assert run(folder, manifest(folder, row()), by=colleague.email)[1]
    assert Tool.objects.get().contact == colleague


def test_an_editor_publishes(folder: Path) -> None:
    editor: User = UserFactory(is_editor=True)

    assert run(folder, manifest(folder, row(sharing="public")), by=editor.email)[1]
    assert Tool.objects.get().sharing == SharingLevel.PUBLIC


def test_a_table_with_guesses_is_written_once_and_can_be_imported(folder: Path, owner: Association) -> None:
    by, table = UserFactory(association=owner), folder.parent / "guesses.csv"
    (folder / "Formulaire de congé.txt").write_text("Formulaire de congé\n\nJe demande un jour de congé." * 5)
    (folder / "programme.exe").write_bytes(b"MZ")

    call_command("library_import", folder, write_manifest=table, by=by.email)

    with table.open(encoding="utf-8-sig", newline="") as opened:
        rows = {one["file"]: one for one in csv.DictReader(opened, delimiter=";")}
    assert set(rows) == {"note.pdf", "rh/été.docx", "Formulaire de congé.txt"}
    guessed = rows["Formulaire de congé.txt"]
    assert (guessed["title"], guessed["type"], guessed["association"]) == ("Formulaire de congé", "formulaire", "csd")
    assert run(folder, table)[0][0]["what"] in ("new", "refused")
    with pytest.raises(CommandError):
        call_command("library_import", folder, write_manifest=table)
