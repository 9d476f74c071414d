"""Which tools already have what somebody hands in; only tools that the person may see are ever looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, F, Func, IntegerField, Q, Value
from rapidfuzz import fuzz

from library.giving.guessing import folded_start, texts_of
from library.models import Draft, Tool, ToolVersion

NEAR = 6  # bits of 64 in which the fingerprints of two alike texts differ at most
ALIKE = 85  # of 100, for the beginnings of two texts, by RapidFuzz
MOST = 3  # tools named to somebody for one file
MOST_CANDIDATES = 100  # versions whose texts are compared for one page of drafts
BITS = (1 << 64) - 1


@dataclass(frozen=True)
class Alike:
    """A tool that already has the file, or one whose text is nearly the same."""

    tool: Tool
    is_same: bool
    is_extendable: bool


class Distance(Func):
    """The number of bits in which two 64-bit fingerprints differ (Charikar, "Similarity estimation", 2002)."""

    template = "bit_count((%(expressions)s)::bit(64))"
    arg_joiner = " # "
    output_field = IntegerField()


def alike(drafts: Sequence[Draft], user: Any) -> dict[Any, list[Alike]]:
    """What each draft repeats, the very same file first, by the draft's key; in a constant number of queries."""
    versions = ToolVersion.objects.filter(tool__in=Tool.objects.visible_to(user)).select_related("tool", "stored_file")
    same, near = _same(drafts, versions), _near(drafts, versions)
    texts = texts_of({draft.stored_file for draft in drafts} | {version.stored_file for version in near})
    named = {version.tool_id for version in [*same, *near]}
    extendable = set(Tool.objects.extendable_by(user).filter(pk__in=named).values_list("pk", flat=True))
    found = {}
    for draft in drafts:
        copies = dict.fromkeys(version.tool for version in same if version.stored_file_id == draft.stored_file_id)
        close = dict.fromkeys(version.tool for version in near if _is_close(draft, version, texts))
        others = [tool for tool in close if tool not in copies and tool.pk != draft.tool_id]
        listed = [(tool, True) for tool in copies] + [(tool, False) for tool in others]
        found[draft.pk] = [Alike(tool, is_same, tool.pk in extendable) for tool, is_same in listed[:MOST]]
    return found


def _same(drafts: Sequence[Draft], versions: Any) -> list[ToolVersion]:
    return list(versions.filter(stored_file__in=[draft.stored_file_id for draft in drafts])[:MOST_CANDIDATES])


def _near(drafts: Sequence[Draft], versions: Any) -> list[ToolVersion]:
    """Versions whose fingerprint is near that of any of the drafts."""
    prints = {draft.stored_file.likeness for draft in drafts if draft.stored_file.likeness is not None}
    if not prints:
        return []
    is_near = Q()
    for place, likeness in enumerate(sorted(prints)):
        distance = Distance(F("stored_file__likeness"), Value(likeness, BigIntegerField()))
        versions = versions.alias(**{f"distance_{place}": distance})
        is_near |= Q(**{f"distance_{place}__lte": NEAR})
    return list(versions.filter(is_near, stored_file__likeness__isnull=False).order_by("-pk")[:MOST_CANDIDATES])


def _is_close(draft: Draft, version: ToolVersion, texts: dict[int, str]) -> bool:
    """Tell whether two fingerprints are near, and the beginnings of the texts bear it out."""
    own, other = draft.stored_file, version.stored_file
    if own == other or own.likeness is None or other.likeness is None:
        return False
    if ((own.likeness ^ other.likeness) & BITS).bit_count() > NEAR:
        return False
    first, second = (folded_start(texts.get(file.pk, "")) for file in (own, other))
    return bool(first) and fuzz.ratio(first, second) >= ALIKE
