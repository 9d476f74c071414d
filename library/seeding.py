"""Loads the library: types, themes, and tools with their files."""

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


def seed_library(groups: dict[str, WorkingGroup]) -> None:
    """Types and themes, then every tool of the manifests."""
    vocabulary = read(SEED / "vocabulary.yaml")
    for facts in vocabulary["types"]:
        add_missing(ToolType, fields(ToolType, facts))
    for facts in vocabulary["themes"]:
        add_missing(Theme, fields(Theme, facts))
    tools = [facts for path in sorted((SEED / "tools").glob("*.yaml")) for facts in read(path)["tools"]]
    for facts in tools:
        _seed_tool(facts, groups)
    for facts in tools:
        _link(facts)
    # With one process, before each file's own task finds nothing to do.
    examine_all(StoredFile.objects.waiting(), with_office_pictures=False)


def _seed_tool(facts: dict[str, Any], groups: dict[str, WorkingGroup]) -> None:
    tool, is_new = add_missing(
        Tool,
        fields(Tool, facts) | {"licence": LICENCES.get(facts["licence"], Licence.ALLIANCE)},
        type=ToolType.objects.get(slug=facts["type"]),
        association=Association.objects.get(slug=facts["association"]),
    )
    if not is_new:
        return
    tool.themes.set(Theme.objects.filter(slug__in=facts["themes"]))
    tool.groups.set(groups[slug] for slug in facts["groups"])
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
