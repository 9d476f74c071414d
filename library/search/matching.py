"""Asks the index of the database; every question is bounded, however large the library is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from time import time
from typing import Any, NamedTuple

from django.db import connection

from library.models import Tool
from library.search.parts import Parts
from library.search.query import SHORTEST_BEGINNING, SHORTEST_IN_TEXT, Query, Term
from news.models import WorkingGroup

MOST = 1_000  # tools that are ranked and counted; of more we say "more than"
MOST_OF_MANY = 100  # the same in a large library, which must answer while one types
LARGE = 5_000  # tools from which on a library is large
SIZE_HOLDS = 600  # seconds for which a process knows how large it is
MOST_FOR_A_PHRASE = 200  # tools whose text is read for words that must stand side by side,
MOST_IN_A_LARGE_LIBRARY = 40  # where the words are so common that the phrase stands in many more anyway
COLUMNS = "tool_id, type_id, association_id, theme_ids, group_ids, language, year, format, updated_on"
# Every question has only constants of this module as text, and what was typed as parameters.
MATCHES = f"SELECT {COLUMNS}, likeness, NULL::real AS closeness FROM library_matches(%s::tsquery[], %s::tsquery, %s)"  # noqa: S608
# OFFSET 0 has each of the few rows looked up, instead of every row read to be joined with them.
NEAR = f"""
SELECT {COLUMNS}, 0::real AS likeness, closeness FROM library_nearest(%s::halfvec, %s) AS near(tool, closeness)
CROSS JOIN LATERAL (SELECT {COLUMNS} FROM library_searchentry WHERE tool_id = tool OFFSET 0) AS entry
"""  # noqa: S608
# Of few tools all are compared: the index of meanings passes by those that were saved again since it was last tidied.
NEAR_OF_FEW = f"""
SELECT {COLUMNS}, 0::real AS likeness, -(entry.meaning <#> %s::halfvec)::real AS closeness
FROM library_searchentry AS entry WHERE entry.meaning IS NOT NULL ORDER BY closeness DESC LIMIT %s
"""  # noqa: S608
NEWEST = f"SELECT {COLUMNS}, 0::real AS likeness, NULL::real AS closeness FROM library_searchentry AS entry"  # noqa: S608
NUMBERED = "SELECT {place} AS place, row_number() OVER () AS number, one.* FROM ({sql}) AS one"
HAS_PHRASE = """(entry.head @@ %s::tsquery OR (%s AND EXISTS (
    SELECT FROM library_filepage AS page
    WHERE page.stored_file_id = version.stored_file_id AND page.words @@ %s::tsquery
)))"""
PHRASES = """
SELECT entry.tool_id FROM library_searchentry AS entry
JOIN library_tool AS tool ON tool.id = entry.tool_id
LEFT JOIN library_toolversion AS version ON version.id = tool.current_version_id
WHERE entry.tool_id = ANY(%s)
"""
Selection = tuple[str, list[Any]]  # a query for rows, with its parameters


@dataclass(frozen=True)
class Reader:
    """Who asks: the rule is ``Tool.objects.visible_to``; ``sees`` is the same as the index knows it."""

    user: Any
    sees: str  # empty: everything
    estimated: dict[str, int] = field(default_factory=dict, compare=False)  # how many tools fit a question, roughly

    @classmethod
    def of(cls, user: Any, groups: Iterable[int] | None = None) -> "Reader":
        """The reader, with the groups that this person may see."""
        if user.is_editor:
            return cls(user, "")
        if groups is None:
            groups = WorkingGroup.objects.visible_to(user).values_list("pk", flat=True)
        own = [f"a{user.association_id}"] if user.association_id else []
        return cls(user, any_of(f"#sees:{who}" for who in ("all", *own, *(f"g{group}" for group in groups))))

    @property
    def library_size(self) -> int:
        """How many tools the library has, as the database estimates; each process asks it now and then."""
        return _library_size(connection.settings_dict["NAME"], int(time() / SIZE_HOLDS))

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


def found(reader: Reader, selections: Sequence[Selection]) -> list[list[Match]]:
    """The tools of each selection that the reader sees, in its order; all in one query."""
    if not selections:
        return []
    numbered = (NUMBERED.format(place=place, sql=sql) for place, (sql, _params) in enumerate(selections))
    sql, rule = reader.only(" UNION ALL ".join(numbered))
    rows: list[list[Match]] = [[] for _ in selections]
    with connection.cursor() as cursor:
        values = [value for _sql, params in selections for value in params]
        cursor.execute(f"{sql} ORDER BY place, number", [*values, *rule])
        for place, _number, *facts in cursor.fetchall():
            rows[place].append(Match(*facts))
    return rows


def with_words(reader: Reader, questions: Iterable[str], query: Query, parts: Parts) -> Selection:
    """One tool more than are ranked, or fewer: what the index gives for all these questions, in no order."""
    likened = " | ".join(f"{quoted(stem)}:{parts.weights}" for term in query.terms for stem in term.stems)
    return MATCHES, [list(filter(None, [*questions, reader.sees])), likened, reader.most + 1]


def newest(reader: Reader, conditions: Sequence[tuple[str, Any]], order: str, limit: int) -> Selection:
    """Tools in the order of an index: the first that fit the conditions."""
    rule, params = reader.rule()
    where = "".join(f" AND {condition}" for condition, _value in conditions)
    sql = f"{NEWEST} WHERE {rule}{where} ORDER BY {order} LIMIT %s"
    return sql, [*params, *(value for _condition, value in conditions), limit]


def nearest(reader: Reader, vector: str, most: int) -> Selection:
    """The tools whose meaning is nearest."""
    return NEAR if reader.is_large else NEAR_OF_FEW, [vector, most]


def most_read(query: Query) -> int:
    """How many tools' texts are read for a phrase."""
    is_large = any(term.anywhere for term in query.terms)
    return MOST_IN_A_LARGE_LIBRARY if is_large else MOST_FOR_A_PHRASE


def with_phrases(found: list[Match], query: Query, parts: Parts) -> list[Match]:
    """Those in which the words in quotes stand side by side; only so many texts are read, the likeliest ones."""
    found = sorted(found, key=lambda match: match.likeness, reverse=True)[: most_read(query)]
    wanted = [_side_by_side(phrase) for phrase in query.phrases]
    values = [value for words in wanted for value in (words, parts.text, words)]
    with connection.cursor() as cursor:
        cursor.execute(PHRASES + f" AND {HAS_PHRASE}" * len(wanted), [[match.tool for match in found], *values])
        there = {row[0] for row in cursor.fetchall()}
    return [match for match in found if match.tool in there]


def _side_by_side(phrase: Sequence[Term]) -> str:
    words = any_of(phrase[0].stems)
    for term in phrase[1:]:
        words = f"({words} <{term.after}> {any_of(term.stems)})"
    return words


@lru_cache(maxsize=1)
def _library_size(database: str, period: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'library_searchentry'::regclass")
        return int(cursor.fetchone()[0])
