"""Asks the index of the database; every question is bounded, however large the library is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import starmap
from math import ceil, log2
from typing import Any, NamedTuple

from django.db import connection

from library.models import Tool
from library.search.parts import Parts
from library.search.query import SHORTEST_BEGINNING, SHORTEST_IN_TEXT, Query, Term
from news.models import WorkingGroup

MOST = 1_000  # tools that are ranked and counted; of more we say "more than"
MOST_OF_MANY = 100  # the same in a large library, which must answer while one types
LARGE = 5_000  # tools from which on a library is large
MOST_ASKED = 400  # tools that the index of a large library compares for a question; of more, it looks at a share
MOST_COUNTED = 500  # tools with a word that are counted; more of them make the word no commoner
FEW = 100  # the same in a large library, for words that no tool of the sample has
SAMPLE = 250  # tools in which we look how common a word is
SMALLEST_SHARE = 8  # of the shares in migration 0003, each half of the one before: one in 256 tools
MOST_FOR_A_PHRASE = 200  # tools whose text is read for words that must stand side by side,
MOST_IN_A_LARGE_LIBRARY = 40  # where the words are so common that the phrase stands in many more anyway
COLUMNS = "tool_id, type_id, association_id, theme_ids, group_ids, language, year, format, updated_on"
# Every question has only constants of this module as text, and what was typed as parameters.
MATCHES = f"SELECT {COLUMNS}, likeness FROM library_matches(%s::tsquery[], %s::tsquery, %s)"  # noqa: S608
# OFFSET 0 has each of the few rows looked up, instead of every row read to be joined with them.
NEAR = f"""
SELECT {COLUMNS}, 0 AS likeness, closeness FROM library_nearest(%s::halfvec, %s) AS near(tool, closeness)
CROSS JOIN LATERAL (SELECT {COLUMNS} FROM library_searchentry WHERE tool_id = tool OFFSET 0) AS entry
"""  # noqa: S608
# Of few tools all are compared: the index of meanings passes by those that were saved again since it was last tidied.
NEAR_OF_FEW = f"""
SELECT {COLUMNS}, 0 AS likeness, -(entry.meaning <#> %s::halfvec)::real AS closeness
FROM library_searchentry AS entry WHERE entry.meaning IS NOT NULL ORDER BY closeness DESC LIMIT %s
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
        return cls(user, any_of(f"#sees:{who}" for who in ("all", *own, *(f"g{group}" for group in groups))))

    @cached_property
    def library_size(self) -> int:
        """How many tools the library has, as the database estimates."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'library_searchentry'::regclass")
            return int(cursor.fetchone()[0])

    @property
    def is_large(self) -> bool:
        """Tell whether the library has so many tools that they are not all compared."""
        return self.library_size > LARGE

    @property
    def most(self) -> int:
        """How many tools are ranked and counted."""
        return MOST_OF_MANY if self.is_large else MOST

    def rule(self) -> tuple[str, tuple[Any, ...]]:
        """The condition that holds for every row ``entry``, whatever the index says.

        ``OFFSET 0`` lets the database ask it of the rows that were found, one by one, instead of reading every tool.
        """
        sql, params = self._visible
        return f"EXISTS (SELECT FROM ({sql}) AS visible WHERE visible.pk = entry.tool_id OFFSET 0)", params

    def only(self, found: str) -> tuple[str, tuple[Any, ...]]:
        """A query for rows, without those that the rule hides; asked of all rows at once, and of no other tool."""
        sql, params = self._visible
        few = f"SELECT pk FROM ({sql}) AS visible WHERE pk = ANY(ARRAY(SELECT tool_id FROM found))"  # noqa: S608
        return f"WITH found AS MATERIALIZED ({found}) SELECT * FROM found WHERE tool_id IN ({few})", params  # noqa: S608

    @cached_property
    def _visible(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = Tool.objects.visible_to(self.user).order_by().values("pk").query.sql_with_params()
        return sql, tuple(params)


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


def in_head(term: Term, where: str) -> str:
    """A question for one word in the title, search words, summary or labels, by their letters in migration 0003."""
    forms = [f"{quoted(stem)}:{where}" for stem in term.stems]
    if term.is_open and len(term.word) >= SHORTEST_BEGINNING:
        forms.append(f"{quoted(term.word)}:*{where}")
    return f"({' | '.join(forms)})"


def matches(reader: Reader, questions: Iterable[str], query: Query, parts: Parts) -> list[Match]:
    """One tool more than are ranked, or fewer: what the index gives for all these questions, in no order."""
    likened = " | ".join(f"{quoted(stem)}:{parts.weights}" for term in query.terms for stem in term.stems)
    sql, params = reader.only(MATCHES)
    return _rows(sql, [list(filter(None, [*questions, reader.sees])), likened, reader.most + 1, *params])


def share(tools: int) -> str:
    """A question for a share of the library, so that of so many tools no more than ``MOST_ASKED`` are compared."""
    return quoted(f"#share:{min(SMALLEST_SHARE, ceil(log2(tools / MOST_ASKED)))}") if tools > MOST_ASKED else ""


def counted(questions: Sequence[str], most: int) -> list[int]:
    """How many tools fit each question, up to so many."""
    if not questions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNT} ORDER BY place", [most, list(questions)])
        return [row[0] for row in cursor.fetchall()]


def estimates(questions: Sequence[str], size: int) -> list[int]:
    """How many tools of a large library fit each question, roughly: as many as in a sample, times its share.

    Every member sees the tools of the sample, so that it tells nothing of others; and the index need not be asked.
    """
    power = max(1, min(SMALLEST_SHARE, int(log2(size / SAMPLE))))
    sample = quoted(f"#open:{power}")
    return [number << power for number in counted([all_of([one, sample]) for one in questions], MOST_COUNTED)]


def roughly(question: str, reader: Reader) -> int:
    """How many tools of a large library fit a question, by the sample; of a small one, nobody needs to know before."""
    return estimates([question], reader.library_size)[0] if reader.is_large else 0


def counts(questions: Sequence[str], reader: Reader) -> list[int]:
    """How many tools this reader sees that fit each question, up to ``MOST_COUNTED``.

    In a large library we know it roughly, unless these are few.
    """
    known = estimates(questions, reader.library_size) if reader.is_large else [0] * len(questions)
    rare = [all_of([question, reader.sees]) for question, number in zip(questions, known, strict=True) if not number]
    exact = iter(counted(rare, FEW if reader.is_large else MOST_COUNTED))
    return [min(MOST_COUNTED, number) or next(exact) for number in known]


def newest(reader: Reader, conditions: Sequence[tuple[str, Any]], order: str, limit: int) -> list[Match]:
    """Tools in the order of an index: the first that fit the conditions."""
    rule, params = reader.rule()
    where = "".join(f" AND {condition}" for condition, _value in conditions)
    sql = f"{NEWEST} WHERE {rule}{where} ORDER BY {order} LIMIT %s"
    return _rows(sql, [*params, *(value for _condition, value in conditions), limit])


def nearest(reader: Reader, vector: str, most: int) -> list[Match]:
    """The tools whose meaning is nearest."""
    sql, params = reader.only(NEAR if reader.is_large else NEAR_OF_FEW)
    return _rows(sql, [vector, most, *params])


def most_read(query: Query) -> int:
    """How many tools' texts are read for a phrase."""
    is_large = any(term.anywhere for term in query.terms)
    return MOST_IN_A_LARGE_LIBRARY if is_large else MOST_FOR_A_PHRASE


def with_phrases(found: list[Match], query: Query, parts: Parts) -> list[Match]:
    """Those in which the words in quotes stand side by side; only so many texts are read, the likeliest ones."""
    found = sorted(found, key=lambda match: match.likeness, reverse=True)[: most_read(query)]
    for phrase in query.phrases:
        words = any_of(phrase[0].stems)
        for term in phrase[1:]:
            words = f"({words} <{term.after}> {any_of(term.stems)})"
        tools = [match.tool for match in found]
        with connection.cursor() as cursor:
            cursor.execute(PHRASE, [tools, words, parts.text, words])
            there = {row[0] for row in cursor.fetchall()}
        found = [match for match in found if match.tool in there]
    return found


def _rows(sql: str, params: list[Any]) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(starmap(Match, cursor.fetchall()))
