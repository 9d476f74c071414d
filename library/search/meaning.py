"""The meaning of tools next to their words, where the server has pgvector and the site an encoder."""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from library.models import Tool
from members.finder.encoder import meaning

BATCH = 64
MOST_PHRASES = 40  # of a tool, whose meanings are kept: its title, and each search word
KEEP = """
UPDATE library_searchentry AS entry
SET meaning = one.vector::halfvec, phrase_meanings = one.phrases::halfvec[], meaning_of = one.key
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS one(tool, vector, phrases, key)
WHERE entry.tool_id = one.tool
"""


def has_room() -> bool:
    """Tell whether the database keeps meanings; each process finds out once."""
    return _column_of(connection.settings_dict["NAME"])


@cache
def _column_of(database: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('library_searchentry')"
            " AND attname = 'meaning' AND NOT attisdropped)"
        )
        return bool(cursor.fetchone()[0])


def make_room() -> bool:
    """Let the database keep meanings, if it can; returns whether it does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT library_keep_meaning()")
        _column_of.cache_clear()
        return bool(cursor.fetchone()[0])


def of_query(text: str) -> NDArray[np.float32] | None:
    """The meaning of what was typed; None without an encoder, which then was told."""
    vectors = meaning().of([text])
    return None if vectors is None else vectors[0]


def as_sql(vector: NDArray[np.float32]) -> str:
    """A vector as pgvector reads it."""
    return "[" + ",".join(f"{number:.5f}" for number in vector.tolist()) + "]"


def learn(tools: Iterable[Tool]) -> Iterator[int]:
    """Keep the meaning of each tool whose words changed; yields how many were looked at."""
    batch: list[Tool] = []
    for tool in tools:
        batch.append(tool)
        if len(batch) == BATCH:
            yield _learn(batch)
            batch = []
    if batch:
        yield _learn(batch)


def _learn(tools: list[Tool]) -> int:
    keys = {tool.pk: _key(_said_of(tool)) for tool in tools}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tool_id, meaning_of FROM library_searchentry WHERE tool_id = ANY(%s)", [list(keys)])
        known = dict(cursor.fetchall())
        changed = [tool for tool in tools if known.get(tool.pk) != keys[tool.pk]]
        texts = [text for tool in changed for text in _said_of(tool)]
        vectors = meaning().of(texts) if texts else None
        if vectors is not None:
            said = iter(map(as_sql, vectors))
            rows = [(tool.pk, next(said), _array(said, len(_said_of(tool)) - 1), keys[tool.pk]) for tool in changed]
            cursor.execute(KEEP, list(map(list, zip(*rows, strict=True))))
    return len(tools)


def _array(vectors: Iterator[str], number: int) -> str:
    return "{" + ",".join(f'"{vector}"' for vector in islice(vectors, number)) + "}"


def _said_of(tool: Any) -> list[str]:
    """Title and search words together, then each alone; the summary, tried too, only blurs what they mean."""
    phrases = [tool.title, *tool.search_words][:MOST_PHRASES]
    return [". ".join([tool.title, ", ".join(tool.search_words)]), *phrases]


def _key(texts: list[str]) -> str:
    encoder = meaning().encoder
    return sha256("\n".join([encoder.name if encoder else "", *texts]).encode()).hexdigest()
