"""What speaks for a tool, combined into one score.

A weighted sum of the signals below, each from 0 to 1. The weights make the right tools of the sets of searches in
``tests/library/search/`` most probable (conditional logit, McFadden 1974), rounded; those named ``check`` had no part
in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from library.search.collecting import Question
from library.search.matching import Match, in_head
from library.search.meaning import MOST_PHRASES
from library.search.topics import NOTHING, Topic, Topics

LOOKED_INTO = 100  # tools whose words and meaning are compared with the query, those that look best so far
WEIGHTS = {
    "covered": 4.2,  # the title and search words together have the words that were typed
    "title": 0.7,  # the title has them
    "likeness": 0.6,  # the database's own rank over title, search words, summary and labels
    "whole": 1.3,  # every word stands somewhere in the tool, be it in its text
    "type_words": 2.0,  # the query names the type,
    "type_meaning": 2.8,  # or means it
    "theme_words": 1.8,
    "theme_meaning": 4.6,
    "meaning": 8.1,  # the tool's title and search words together mean what was typed
    "nearest": 6.8,  # the title or one of the search words means it
}
HAS = """coalesce(
    (SELECT sum(weight) FROM unnest(%s::tsquery[], %s::real[]) AS typed(word, weight) WHERE words_ab @@ word), 0)"""
LOOKED = "(SELECT *, ts_filter(head, '{a,b}') AS words_ab FROM library_searchentry WHERE tool_id = ANY(%s) OFFSET 0)"
BY_WORDS = f"SELECT tool_id, {HAS}, {HAS} FROM {LOOKED} AS entry"  # noqa: S608
BY_MEANING = f"""
SELECT tool_id, {HAS}, {HAS}, coalesce(-(meaning <#> wanted), 0),
    coalesce((SELECT max(-(one <#> wanted)) FROM unnest(phrase_meanings[:%s]) AS one), 0)
FROM {LOOKED} AS entry, (SELECT %s::halfvec AS wanted) AS query
"""  # noqa: S608


@dataclass(frozen=True)
class Scored:
    """A tool that fits, with what speaks for it."""

    match: Match
    signals: Mapping[str, float]

    @cached_property
    def score(self) -> float:
        """The signals by their weights."""
        return sum(WEIGHTS[name] * value for name, value in self.signals.items())


def scored(found: Sequence[Match], whole: frozenset[int], question: Question) -> list[Scored]:
    """The tools with their scores, best first; only the likeliest are looked into, the others have none."""
    ranked = _likeliest_first(found, whole, question)
    looked, rest = ranked[:LOOKED_INTO], ranked[LOOKED_INTO:]
    most = max((match.likeness for match in found), default=0.0) or 1.0
    inside = _inside([match.tool for match in looked], question)
    best = [
        Scored(
            match, _outside(match, match.likeness / most, match.tool in whole, question.topics) | inside[match.tool]
        )
        for match in looked
    ]
    best.sort(key=lambda one: (one.score, one.match.tool), reverse=True)
    return [*best, *(Scored(match, {}) for match in rest)]


def _likeliest_first(found: Sequence[Match], whole: frozenset[int], question: Question) -> list[Match]:
    """By what costs little to know of every tool that fits."""
    most = max((match.likeness for match in found), default=0.0) or 1.0
    types = {key: _named(topic, "type") for key, topic in question.topics.types.items()}
    themes = {key: _named(topic, "theme") for key, topic in question.topics.themes.items()}

    def guess(match: Match) -> float:
        known = WEIGHTS["covered"] * match.likeness / most + WEIGHTS["meaning"] * (match.closeness or 0.0)
        known += WEIGHTS["whole"] * (match.tool in whole) + types.get(match.type, 0.0)
        return known + max((themes.get(theme, 0.0) for theme in match.themes), default=0.0)

    return sorted(found, key=guess, reverse=True)


def _named(topic: Topic, kind: str) -> float:
    return WEIGHTS[f"{kind}_words"] * topic.by_words + WEIGHTS[f"{kind}_meaning"] * topic.by_meaning


def _outside(match: Match, likeness: float, is_whole: bool, topics: Topics) -> dict[str, float]:
    """What the index and the topics say of a tool."""
    kind = topics.types.get(match.type, NOTHING)
    themes = [topics.themes.get(theme, NOTHING) for theme in match.themes] or [NOTHING]
    return {
        "likeness": likeness,
        "whole": float(is_whole),
        "type_words": kind.by_words,
        "type_meaning": kind.by_meaning,
        "theme_words": max(theme.by_words for theme in themes),
        "theme_meaning": max(theme.by_meaning for theme in themes),
        "meaning": match.closeness or 0.0,
    }


def _inside(tools: list[int], question: Question) -> dict[int, dict[str, float]]:
    """What the title and search words of each tool have of the query, and how near their meaning is."""
    terms, parts = question.query.terms, question.parts
    weights = [term.weight for term in terms]
    words = [[in_head(term, where) for term in terms] for where in ("A", "AB" if parts.search_words else "A")]
    values: list[Any] = [value for asked in words for value in (asked, weights)]
    with connection.cursor() as cursor:
        if question.vector:
            phrases = MOST_PHRASES if parts.search_words else 1
            cursor.execute(BY_MEANING, [*values, phrases, tools, question.vector])
        else:
            cursor.execute(BY_WORDS, [*values, tools])
        rows = cursor.fetchall()
    every = sum(weights) or 1.0
    return {
        tool: {"title": title / every, "covered": covered / every}
        | {name: max(0.0, value) for name, value in zip(("meaning", "nearest"), near, strict=False)}
        for tool, title, covered, *near in rows
    }
