"""What speaks for a tool, combined into one score.

A weighted sum of the signals below, each from 0 to 1. The weights were fitted on the cases of
``tests/library/search/development.yaml`` as those that make the right tools most probable (conditional logit,
McFadden 1974), then rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from library.search.matching import Match, Reader
from library.search.parts import Parts
from library.search.query import Query, Term
from library.search.topics import NOTHING, SMALL, Topic, Topics

LOOKED_INTO = 100  # tools whose phrases are compared with the query, those that look best so far
WEIGHTS = {
    "phrase": 6.0,  # the title or a search word is what was typed
    "covered": 4.0,  # the title and search words together have the words that were typed
    "title": 2.0,  # the title has them
    "likeness": 1.0,  # the database's own rank over title, search words, summary and labels
    "whole": 1.0,  # every word stands somewhere in the tool, be it in its text
    "type_words": 2.0,  # the query names the type,
    "type_meaning": 2.0,  # or means it
    "theme_words": 1.0,
    "theme_meaning": 1.0,
    "meaning": 6.0,  # the tool's title, search words and summary mean what was typed
}
BY_PHRASES = "SELECT tool_id, phrases, NULL FROM library_searchentry WHERE tool_id = ANY(%s)"
BY_MEANING = (
    "SELECT tool_id, phrases, -(meaning <#> %s::halfvec)::real FROM library_searchentry WHERE tool_id = ANY(%s)"
)


@dataclass(frozen=True)
class Question:
    """A query, understood: everything that does not change from one facet to the next."""

    reader: Reader
    query: Query
    topics: Topics
    vector: str | None
    parts: Parts


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
    fits: dict[str, frozenset[int]] = {}
    made = {}
    for tool, phrases, closeness in rows:
        read = [[word for word in phrase.split() if word not in SMALL] for phrase in phrases]
        made[tool] = _compared(read if question.parts.search_words else read[:1], question.query.terms, fits)
        if closeness is not None:
            made[tool]["meaning"] = max(0.0, closeness)
    return made


def _compared(phrases: list[list[str]], terms: tuple[Term, ...], fits: dict[str, frozenset[int]]) -> dict[str, float]:
    """How much of the query stands in one phrase, in all, and in the title, by the weight of its words."""
    everything = sum(term.weight for term in terms) or 1.0
    best, together = 0.0, set()
    title = 0.0
    for place, phrase in enumerate(phrases):
        inside = [_fitting(word, terms, fits) for word in phrase]
        had = frozenset().union(*inside)
        share = sum(terms[number].weight for number in had) / everything
        used = sum(map(bool, inside)) / len(phrase) if phrase else 0.0
        best = max(best, share * (0.4 + 0.6 * used))
        title = share if place == 0 else title
        together |= had
    return {"phrase": best, "covered": sum(terms[number].weight for number in together) / everything, "title": title}


def _fitting(word: str, terms: tuple[Term, ...], known: dict[str, frozenset[int]]) -> frozenset[int]:
    if word not in known:
        known[word] = frozenset(number for number, term in enumerate(terms) if term.fits(word))
    return known[word]
