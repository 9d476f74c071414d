"""Queries that found nothing, kept for editors without what could identify anybody.

The rule, which the privacy page tells in plain words:

- A word is kept only when it stands in the finder's own vocabulary, or when it was typed in such queries on at least
  ``ENOUGH_DAYS`` different days. Until then it becomes "…", and only a keyed hash of it is stored, with the number of
  days and the last of them. Without the site's secret key nobody can try words against the hash.
- A word with a digit or "@" in it, or with more than ``LONGEST_WORD`` letters, is neither kept nor hashed.
- A query of more than ``MOST_WORDS`` words is not kept at all: it tells a story, which may identify. Neither is one of
  which no word may be kept, nor one that another site made the browser send.
- With the words go the language of the page, how many times they were typed, and the last day. No hour, address,
  account or session, and nothing that links two queries.
- After 90 days without a repetition both are deleted, and there are never more than 2000 of either.

The text of a query itself never goes to the database, which might log its statements: only what is left of it here.
"""

import logging
from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from django.utils.crypto import salted_hmac

from members.finder.result import FinderResult
from members.finder.store import current_memory
from members.finder.words import WORD, fold
from members.models.finder import UnansweredQuery, UnknownWord

MOST_WORDS = 12
LONGEST_WORD = 30  # letters
ENOUGH_DAYS = 3
HIDDEN = "…"

logger = logging.getLogger(__name__)


def keep_unanswered(text: str, language: str, result: FinderResult) -> None:
    """Keep what may be kept of a query that found nothing; whoever asks gets an answer also when this fails."""
    if result.needs or result.names_only_a_place:
        return
    words = list(_words(text))
    if len(words) > MOST_WORDS:
        return
    try:
        with transaction.atomic():
            _keep(words, language)
    except Exception as error:  # its message may hold the words, so only its kind is logged
        logger.error("A search that found nothing could not be kept: %s.", type(error).__name__)


def _keep(words: list[str], language: str) -> None:
    vocabulary = current_memory().index.vocabulary
    unknown = {_key(word) for word in words if word != HIDDEN and fold(word) not in vocabulary}
    days = UnknownWord.objects.count_day(unknown)
    readable = [
        # Spelled as in our phrases, so that nothing is left of how somebody writes.
        vocabulary.spelling.get(fold(word)) or (word if days.get(_key(word), 0) >= ENOUGH_DAYS else HIDDEN)
        for word in words
    ]
    if any(word != HIDDEN for word in readable):
        UnansweredQuery.objects.count_one(" ".join(word for word, _same in groupby(readable)), language)


def _words(text: str) -> Iterator[str]:
    """The words of a query in small letters, with those hidden that may be a number, an address or a password."""
    for piece in text.split():
        is_telling = "@" in piece or any(letter.isnumeric() for letter in piece)
        for word in WORD.findall(piece.lower()):
            if len(fold(word)) > 1:
                yield HIDDEN if is_telling or len(word) > LONGEST_WORD else word


def _key(word: str) -> str:
    return salted_hmac("members.finder.unanswered", fold(word), algorithm="sha256").hexdigest()
