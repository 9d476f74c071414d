"""Asks the index how many tools fit a question: exactly in a small library, roughly in a large one."""

from collections.abc import Sequence
from math import ceil, log2
from typing import NamedTuple

from django.db import connection

from library.search.matching import Reader, all_of, quoted

MOST_ASKED = 400  # tools that the index of a large library compares for a question; of more, it looks at a share
MOST_COUNTED = 500  # tools with a word that are counted; more of them make the word no commoner
FEW = 100  # the same in a large library, for words that no tool of the sample has
SAMPLE = 250  # tools in which we look how common a word is
SMALLEST_SHARE = 8  # of the shares in migration 0003, each half of the one before: one in 256 tools
# How many of the sample, and where there are none, how many of all; an empty question is not asked.
COUNT = """
SELECT sampled, CASE WHEN sampled > 0 OR wanted = '' THEN 0 ELSE library_count(wanted::tsquery, %s) END
FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS one(sample, wanted, place),
    LATERAL (SELECT CASE sample WHEN '' THEN 0 ELSE library_count(sample::tsquery, %s) END AS sampled OFFSET 0) AS few
ORDER BY place
"""


class Number(NamedTuple):
    """How many tools fit a question: of a large library roughly, by a sample; else as many as the reader sees."""

    roughly: int
    exactly: int

    @property
    def known(self) -> int:
        """Up to ``MOST_COUNTED``."""
        return min(MOST_COUNTED, self.roughly) or self.exactly


def numbers(questions: Sequence[str], reader: Reader, besides: Sequence[str] = ()) -> list[Number]:
    """How many tools fit each question, in one query.

    In a large library as many as in a sample, times its share: every member sees the tools of the sample, so that it
    tells nothing of others; and the index need not be asked. What no tool of the sample has is counted, up to ``FEW``;
    but not of the questions ``besides``, of which ``roughly`` then knows.
    """
    every = [*questions, *besides]
    power = max(1, min(SMALLEST_SHARE, int(log2(reader.library_size / SAMPLE)))) if reader.is_large else 0
    samples = [all_of([one, quoted(f"#open:{power}")]) if power else "" for one in every]
    wanted = [*(all_of([one, reader.sees]) for one in questions), *("" for _ in besides)]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [FEW if power else MOST_COUNTED, samples, wanted, MOST_COUNTED])
        found = [Number(sampled << power, exactly) for sampled, exactly in cursor.fetchall()]
    reader.estimated.update((one, number.roughly) for one, number in zip(every, found, strict=True))
    return found[: len(questions)]


def roughly(questions: Sequence[str], reader: Reader, besides: Sequence[str] = ()) -> list[int]:
    """How many tools of a large library fit, by the sample; of a small one, nobody needs to know before.

    Where the index is asked at all, it is asked of the questions ``besides`` too, which may follow.
    """
    if not reader.is_large:
        return [0] * len(questions)
    if not reader.estimated.keys() >= set(questions):
        unknown = [one for one in dict.fromkeys([*questions, *besides]) if one not in reader.estimated]
        numbers([], reader, besides=unknown)
    return [reader.estimated[one] for one in questions]


def share(tools: int) -> str:
    """A question for a share of the library, so that of so many tools no more than ``MOST_ASKED`` are compared."""
    return quoted(f"#share:{min(SMALLEST_SHARE, ceil(log2(tools / MOST_ASKED)))}") if tools > MOST_ASKED else ""
