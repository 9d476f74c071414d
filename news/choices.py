"""What an article's author chose to show in it, and who sees that."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StructValue

from news.blocks import VisibleChooserBlock
from news.models.working_group import WorkingGroup


def choices(body: Any) -> Iterator[tuple[VisibleChooserBlock, Any]]:
    """Every record that was chosen in a body, with the block in which it was."""
    for child in body:
        parts = child.value.bound_blocks.values() if isinstance(child.value, StructValue) else [child]
        for part in parts:
            if isinstance(part.block, VisibleChooserBlock) and part.value:
                yield part.block, part.value


def visible_choices(body: Any, user: Any) -> dict[tuple[Any, int], Any]:
    """What of a body a reader may see, by model and key; one query for each kind of record, however many there are."""
    blocks = {block.target_model: block for block, _record in choices(body)}
    return {
        (model, key): record
        for model, records in _by_model(body).items()
        for key, record in blocks[model].visible(records, user).items()
    }


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
