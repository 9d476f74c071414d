"""What an article's author chose to show in it, and who sees that."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from wagtail.blocks import StreamValue, StructValue

from news.blocks import VisibleChooserBlock
from news.models.working_group import WorkingGroup

Chosen = dict[tuple[Any, int], Any]  # records by model and key


def choices(body: Any) -> Iterator[tuple[VisibleChooserBlock, Any]]:
    """Every record that was chosen in a body, with the block in which it was."""
    for child in body:
        parts = child.value.bound_blocks.values() if isinstance(child.value, StructValue) else [child]
        for part in parts:
            if isinstance(part.block, VisibleChooserBlock) and part.value:
                yield part.block, part.value


def for_reader(body: StreamValue, user: Any) -> tuple[StreamValue, Chosen]:
    """The body as a reader sees it, and the records in it that the reader may see; the body itself stays as it is.

    One query for each kind of record, however many there are: they stand in the new body instead of their keys, and
    what the reader does not see is not read at all.
    """
    raw = deepcopy(list(body.raw_data))
    places = list(_places(body.stream_block, raw))
    keys: dict[Any, set[int]] = defaultdict(set)
    for block, fields, name in places:
        keys[block.target_model].add(fields[name])
    blocks = {block.target_model: block for block, _fields, _name in places}
    visible = {model: blocks[model].visible(wanted, user) for model, wanted in keys.items()}
    for block, fields, name in places:
        fields[name] = visible[block.target_model].get(fields[name])
    chosen = {(model, key): record for model, records in visible.items() for key, record in records.items()}
    return StreamValue(body.stream_block, raw, is_lazy=True), chosen


def _places(stream: Any, raw: list[Any]) -> Iterator[tuple[VisibleChooserBlock, dict[str, Any], str]]:
    """Where the keys of chosen records stand in the stored blocks: the fields of a block, and the name of one."""
    for child in raw:
        for name, part in getattr(stream.child_blocks[child["type"]], "child_blocks", {}).items():
            if isinstance(part, VisibleChooserBlock) and child["value"].get(name):
                yield part, child["value"], name


def partly_hidden(body: Any, group: WorkingGroup) -> list[Any]:
    """The records that not everybody sees who reads the articles of this group."""
    return [record for model, records in _by_model(body).items() for record in _not_for_all(model, records, group)]


def _by_model(body: Any) -> dict[Any, dict[int, Any]]:
    found: dict[Any, dict[int, Any]] = defaultdict(dict)
    for block, record in choices(body):
        found[block.target_model][record.pk] = record
    return found


def _not_for_all(model: Any, records: dict[int, Any], group: WorkingGroup) -> list[Any]:
    seen = set(model.objects.seen_by_all_of(group).filter(pk__in=records).values_list("pk", flat=True))
    return [record for key, record in records.items() if key not in seen]
