"""Loads the library: types, themes, and tools with their files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File

from home.seeding import add_missing, fields, read
from library.actions import add_version, store_file
from library.enums import Licence
from library.examination.work import examine_all
from library.models import StoredFile, Theme, Tool, ToolType
from members.models import Association
from news.models import WorkingGroup

SEED = settings.BASE_DIR / "library" / "seed"
LICENCES = {"CC BY-SA 4.0": Licence.CC_BY_SA, "CC BY 4.0": Licence.CC_BY}


def seed_library(groups: dict[str, WorkingGroup]) -> dict[str, Tool]:
    """Types and themes, then every tool of the manifests; gives the tools by slug."""
    vocabulary = read(SEED / "vocabulary.yaml")
    for model, terms in ((ToolType, vocabulary["types"]), (Theme, vocabulary["themes"])):
        for facts in terms:
            add_missing(model, fields(model, facts))
    tools = [facts for path in manifests() for facts in read(path)["tools"]]
    there = set(Tool.objects.values_list("slug", flat=True))
    records = _Records(groups)
    for facts in tools:
        if facts["slug"] not in there:
            _seed_tool(facts, records)
    for facts in tools:
        _link(facts)
    # With one process, before each file's own task finds nothing to do.
    examine_all(StoredFile.objects.waiting(), with_office_pictures=False)
    return {tool.slug: tool for tool in Tool.objects.filter(slug__in=[facts["slug"] for facts in tools])}


def manifests() -> list[Path]:
    """The lists of tools, with their files beside them."""
    return sorted((SEED / "tools").glob("*.yaml"))


class _Records:
    """What tools refer to, by slug; read once."""

    def __init__(self, groups: dict[str, WorkingGroup]) -> None:
        self.groups = groups
        self.types, self.themes, self.associations = (
            {record.slug: record for record in model.objects.all()} for model in (ToolType, Theme, Association)
        )


def _seed_tool(facts: dict[str, Any], records: _Records) -> None:
    tool = Tool(
        **fields(Tool, facts) | {"licence": LICENCES.get(facts["licence"], Licence.ALLIANCE)},
        type=records.types[facts["type"]],
        association=records.associations[facts["association"]],
    )
    tool.themes.set(records.themes[slug] for slug in facts["themes"])
    tool.groups.set(records.groups[slug] for slug in facts["groups"])
    tool.save()
    for version in facts["versions"]:
        with (SEED / "files" / version["file"]).open("rb") as opened:
            file = File(opened, name=version["file"])
            add_version(
                tool=tool,
                stored_file=store_file(file),
                file_name=version["file"],
                note=version["note"],
                added_on=version["on"],
            )


def _link(facts: dict[str, Any]) -> None:
    """Say which tool this one was adapted or translated from, once both are there."""
    for relation in ("derived_from", "translation_of"):
        if facts[relation]:
            Tool.objects.filter(slug=facts["slug"], **{relation: None}).update(
                **{relation: Tool.objects.get(slug=facts[relation])}
            )
