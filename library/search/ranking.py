"""What speaks for a tool, combined into one score.

A weighted sum of the signals below, each from 0 to 1. The weights were fitted on ``development.yaml`` and
``second.yaml`` of ``tests/library/search/``, with and without the tools' own search words, as those that make the
right tools most probable (conditional logit, McFadden 1974), then rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from library.search.collecting import Question
from library.search.matching import Match
from library.search.query import Comparison
from library.search.topics import NOTHING, SMALL, Topic, Topics

LOOKED_INTO = 100  # tools whose phrases are compared with the query, those that look best so far
NOT_ALONE = 0.4  # what a phrase counts at least that has the query and other words besides
WEIGHTS = {
    "phrase": 3.0,  # the title or a search word is what was typed
    "covered": 1.5,  # the title and search words together have the words that were typed
    "title": 0.4,  # the title has them
    "likeness": 0.1,  # the database's own rank over title, search words, summary and labels
    "whole": 1.3,  # every word stands somewhere in the tool, be it in its text
    "type_words": 1.3,  # the query names the type,
    "type_meaning": 1.2,  # or means it
    "theme_words": 1.8,
    "theme_meaning": 1.8,
    "meaning": 10.5,  # the tool's title, search words and summary mean what was typed
}
BY_PHRASES = "SELECT tool_id, phrases, NULL FROM library_searchentry WHERE tool_id = ANY(%s)"
BY_MEANING = (
    "SELECT tool_id, phrases, -(meaning <#> %s::halfvec)::real FROM library_searchentry WHERE tool_id = ANY(%s)"
)


@dataclass(frozen=True)
class Scored:
    """A tool that fits, with what speaks for it."""

    match: Match
    signals: Mapping[str, float]

    @property
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
        known = WEIGHTS["phrase"] * match.likeness / most + WEIGHTS["meaning"] * (match.closeness or 0.0)
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
    """What the phrases of each tool have of the query, and how near its meaning is."""
    vector = question.vector
    with connection.cursor() as cursor:
        cursor.execute(BY_MEANING if vector else BY_PHRASES, [vector, tools] if vector else [tools])
        rows = cursor.fetchall()
    had = Comparison(question.query.terms)
    made = {}
    for tool, phrases, closeness in rows:
        read = phrases if question.parts.search_words else phrases[:1]
        made[tool] = _compared([phrase.split() for phrase in read], had)
        if closeness is not None:
            made[tool]["meaning"] = max(0.0, closeness)
    return made


def _compared(phrases: list[list[str]], had: Comparison) -> dict[str, float]:
    """How much of the query stands in one phrase, in all, and in the title, by the weight of its words."""
    weights = [term.weight for term in had.terms]
    best, title, together = 0.0, 0.0, set()
    for place, phrase in enumerate(phrases):
        telling = [had.of(word) for word in phrase if word not in SMALL]
        found = {number for one in telling for number in one}
        share = sum(weights[number] for number in found) / (sum(weights) or 1.0)
        used = sum(map(bool, telling)) / len(telling) if telling else 0.0
        best = max(best, share * (NOT_ALONE + (1 - NOT_ALONE) * used))
        title = share if place == 0 else title
        together |= found
    covered = sum(weights[number] for number in together) / (sum(weights) or 1.0)
    return {"phrase": best, "covered": covered, "title": title}
