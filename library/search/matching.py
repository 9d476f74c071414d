"""Asks the index of the database; every question is bounded, however large the library is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple

from django.db import connection

from library.models import Tool
from library.search.parts import Parts
from library.search.query import SHORTEST_BEGINNING, SHORTEST_IN_TEXT, Query, Term
from news.models import WorkingGroup

MOST = 1000  # tools that are ranked and counted; of more we say "more than"
MOST_FOR_A_PHRASE = 300  # tools whose text is read for words that must stand side by side
COLUMNS = "tool_id, type_id, association_id, theme_ids, group_ids, language, year, format, updated_on, title_key"
# Every question has only constants of this module as text, and what was typed as parameters.
MATCHES = f"SELECT {COLUMNS}, likeness FROM library_matches(%s::tsquery, %s::tsquery, %s) AS entry"  # noqa: S608
NEAR = f"""
SELECT {COLUMNS}, 0, near.closeness FROM library_nearest(%s::halfvec, %s) AS near
JOIN library_searchentry AS entry USING (tool_id)
"""  # noqa: S608
NEWEST = f"SELECT {COLUMNS}, 0 FROM library_searchentry AS entry"  # noqa: S608
COUNT = "SELECT library_count(wanted::tsquery, %s) FROM unnest(%s::text[]) WITH ORDINALITY AS one(wanted, place)"
PHRASE = """
SELECT entry.tool_id FROM library_searchentry AS entry
JOIN library_tool AS tool ON tool.id = entry.tool_id
LEFT JOIN library_toolversion AS version ON version.id = tool.current_version_id
WHERE entry.tool_id = ANY(%s) AND (entry.head @@ %s::tsquery OR (%s AND EXISTS (
    SELECT FROM library_filepage AS page
    WHERE page.stored_file_id = version.stored_file_id AND page.words @@ %s::tsquery
)))
"""


@dataclass(frozen=True)
class Reader:
    """Who asks: the rule is ``Tool.objects.visible_to``; ``sees`` is the same as the index knows it."""

    user: Any
    sees: str  # empty: everything

    @classmethod
    def of(cls, user: Any, groups: Iterable[int] | None = None) -> "Reader":
        """The reader, with the groups that this person may see."""
        if user.is_editor:
            return cls(user, "")
        if groups is None:
            groups = WorkingGroup.objects.visible_to(user).values_list("pk", flat=True)
        own = [f"a{user.association_id}"] if user.association_id else []
        return cls(user, any_of(f"sees:{who}" for who in ("all", *own, *(f"g{group}" for group in groups))))

    def rule(self) -> tuple[str, tuple[Any, ...]]:
        """The condition that holds for every row, whatever the index says."""
        sql, params = Tool.objects.visible_to(self.user).order_by().values("pk").query.sql_with_params()
        return f"entry.tool_id IN ({sql})", tuple(params)


class Match(NamedTuple):
    """A tool that fits, with what is counted; ``likeness`` (0 to 1) says how much its title and words are like it."""

    tool: int
    type: int
    association: int
    themes: Sequence[int]
    groups: Sequence[int]
    language: str
    year: int | None
    format: str
    updated_on: date | None
    title_key: str
    likeness: float
    closeness: float | None = None  # of the meaning, where it was found by it


def any_of(lexemes: Iterable[str]) -> str:
    """A question for at least one of these."""
    return f"({' | '.join(quoted(lexeme) for lexeme in lexemes)})"


def all_of(questions: Iterable[str]) -> str:
    """A question for all of these; empty ones ask nothing."""
    return " & ".join(filter(None, questions))


def quoted(lexeme: str) -> str:
    """A lexeme as ``tsquery`` reads it; a folded one holds neither quotes nor backslashes, but nobody relies on it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def asked(term: Term, marks: Iterable[str]) -> str:
    """A question for one word, in any of its forms, wherever the marks say."""
    forms = [quoted(mark + stem) for mark in marks for stem in term.stems]
    if term.is_open:
        long_enough = {True: SHORTEST_BEGINNING, False: SHORTEST_IN_TEXT}
        forms += [f"{quoted(mark + term.word)}:*" for mark in marks if len(term.word) >= long_enough[bool(mark)]]
    return f"({' | '.join(forms)})"


def matches(reader: Reader, question: str, query: Query, parts: Parts, most: int = MOST) -> list[Match]:
    """At most ``most`` + 1 tools that the index gives for a question, in no order."""
    likened = " | ".join(f"{quoted(stem)}:{parts.weights}" for term in query.terms for stem in term.stems)
    return _rows(reader, MATCHES, [all_of([question, reader.sees]), likened, most + 1])


def newest(reader: Reader, conditions: Sequence[tuple[str, Any]], order: str, limit: int) -> list[Match]:
    """Tools in the order of an index: the first that fit the conditions."""
    where = "".join(f" AND {condition}" for condition, _value in conditions)
    ending = f"{where} ORDER BY {order} LIMIT %s"
    return _rows(reader, NEWEST, [], ending, [*(value for _condition, value in conditions), limit])


def nearest(reader: Reader, vector: str, most: int) -> list[Match]:
    """The tools whose meaning is nearest."""
    return _rows(reader, NEAR, [vector, most])


def counts(questions: Sequence[str], most: int = MOST) -> list[int]:
    """How many tools fit each question, up to ``most``."""
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNT} ORDER BY place", [most, list(questions)])
        return [row[0] for row in cursor.fetchall()]


def with_phrases(found: list[Match], query: Query, parts: Parts) -> list[Match]:
    """Those in which the words in quotes stand side by side; only so many texts are read."""
    for phrase in query.phrases:
        words = any_of(phrase[0].stems)
        for term in phrase[1:]:
            words = f"({words} <{term.after}> {any_of(term.stems)})"
        tools = [match.tool for match in found[:MOST_FOR_A_PHRASE]]
        with connection.cursor() as cursor:
            cursor.execute(PHRASE, [tools, words, parts.text, words])
            there = {row[0] for row in cursor.fetchall()}
        found = [match for match in found if match.tool in there]
    return found


def _rows(reader: Reader, sql: str, params: list[Any], ending: str = "", last: Sequence[Any] = ()) -> list[Match]:
    rule, rule_params = reader.rule()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE {rule}{ending}", [*params, *rule_params, *last])
        return list(starmap(Match, cursor.fetchall()))
