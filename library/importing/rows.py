"""Turns a row of the table into a tool or a version: the whole of it or nothing, and once however often it is run."""

import logging
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import DatabaseError, transaction
from django.db.models import Q

from library.actions import add_version, store_file
from library.enums import Licence, ScanState
from library.files import clean_name
from library.giving.actions import save_under_free_address
from library.giving.forms import in_a_year
from library.importing.folder import Folder
from library.importing.manifest import Row
from library.importing.row_form import RowForm
from library.models import StoredFile, Tool

NEW, VERSION, THERE, REFUSED, UNNAMED = "new", "new version", "there already", "refused", "not in the manifest"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one row, or of one file that no row names."""

    line: int
    file: str
    what: str
    column: str = ""
    reason: str = ""
    slug: str = ""


class RowRefused(Exception):
    """A row that cannot be taken: its faults by column."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


def import_row(row: Row, folder: Folder, by: Any) -> list[Outcome]:
    """Take one row; gives one outcome, or one for each fault. No fault of a row stops the others."""
    file = row.cells.get("file", "")
    try:
        what, tool = _import(row, folder, by)
    except RowRefused as refused:
        return [Outcome(row.line, file, REFUSED, column, reason) for column, reason in refused.faults]
    except (OSError, DatabaseError) as error:
        logger.exception("Line %s of the manifest cannot be imported", row.line)
        return [Outcome(row.line, file, REFUSED, "file", str(error))]
    return [Outcome(row.line, file, what, slug=tool.slug)]


def _import(row: Row, folder: Folder, by: Any) -> tuple[str, Tool]:
    if row.fault:
        raise RowRefused([("", row.fault)])
    form = RowForm(row.cells, by=by)
    faults = [(column, " ".join(map(str, messages))) for column, messages in form.errors.items()]
    stored, name = None, ""
    try:
        path = folder.find(row.cells.get("file", ""))
        name = path.name
        if not faults:
            with path.open("rb") as opened:
                stored = store_file(File(opened, name=name))
    except ValidationError as error:
        faults = [fault for fault in faults if fault[0] != "file"] + [("file", " ".join(error.messages))]
    if faults or stored is None:
        raise RowRefused(faults)
    stored.refresh_from_db()  # it may have been examined at once
    if stored.scan == ScanState.INFECTED:
        raise RowRefused([("file", stored.virus)])
    return _keep(form.cleaned_data, stored, clean_name(name, stored.suffix), by)


@transaction.atomic
def _keep(facts: dict[str, Any], stored: StoredFile, name: str, by: Any) -> tuple[str, Tool]:
    tool = _known(facts, stored, name)
    if tool and tool.association_id != facts["association"].pk:
        raise RowRefused([("slug", str(tool.association))])
    if tool and tool.versions.filter(stored_file=stored).exists():
        return THERE, tool
    what = VERSION if tool else NEW
    tool = tool or _make(facts, stored)
    add_version(tool=tool, stored_file=stored, file_name=name, by=by)
    return what, tool


def _known(facts: dict[str, Any], stored: StoredFile, name: str) -> Tool | None:
    """The tool that a row means: by its slug, else the association's tool with this content and name or title."""
    if facts["slug"]:
        return Tool.objects.filter(slug=facts["slug"]).first()
    same = Tool.objects.filter(association=facts["association"], versions__stored_file=stored)
    return same.filter(Q(title=facts["title"]) | Q(versions__file_name=name)).order_by("pk").first()


def _make(facts: dict[str, Any], stored: StoredFile) -> Tool:
    plain = ("title", "type", "association", "sharing", "author", "origin", "contact", "search_words")
    tool = Tool(
        **{name: facts[name] for name in plain},
        summary=facts["summary"] or facts["title"],
        language=facts["language"] or stored.language or "fr",
        licence=facts["licence"] or Licence.CC_BY_SA,
        review_on=facts["review_on"] or in_a_year(),
    )
    tool.themes.set(facts["themes"])
    tool.groups.set(facts["groups"])
    save_under_free_address(tool, facts["slug"])
    return tool
