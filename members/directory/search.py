"""From what a colleague types to the people whom it may mean; typing errors are forgiven."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from home.telephone import dialable
from members.directory.entries import Entry
from members.finder.spelling import Vocabulary
from members.finder.words import STEM_LENGTH, stem, words

SHORTEST_BEGINNING = 3  # letters from which on the beginning of a word is enough
SHORTEST_NUMBER = 3  # digits
NUMBER = re.compile(r"[\d\s./()+-]+")
# What people write around the words that count, in French and Dutch.
LITTLE = frozenset(
    words(
        "au aux avec chez dans de des du elle en est et fait il je la le les ma mes mon nos notre ou par pour qui "
        "quel quelle que sur un une appeler cherche aan bij dat de die doet een en er het hij hoe iemand ik in is "
        "met mijn of om ons onze op te van voor waar wat welke wie zij zoek"
    )
)


@dataclass(frozen=True)
class Answer:
    """Who was found, what was read in place of words that nobody has, and the words that mean nothing here."""

    found: Sequence[Entry]
    read: dict[str, str]
    unknown: Sequence[str]


def search(text: str, entries: Sequence[Entry]) -> Answer:
    """The entries that have every word; a word that is known to nobody is left aside, unless it is the only one."""
    if NUMBER.fullmatch(text):
        return Answer(_with_number(text, entries), {}, [])
    asked = [word for word in dict.fromkeys(words(text)) if word not in LITTLE]
    if not asked:
        return Answer([] if text.strip() else entries, {}, [])
    known = frozenset[str]().union(*(entry.words for entry in entries))
    meant = {word: _forms(word, known) for word in asked}
    read = _read([word for word, forms in meant.items() if not forms], entries)
    meant |= {word: _forms(reading, known) for word, reading in read.items()}
    counting = [forms for forms in meant.values() if forms]
    found = [entry for entry in entries if counting and not any(map(entry.words.isdisjoint, counting))]
    return Answer(found, read, [word for word, forms in meant.items() if not forms])


def _forms(word: str, known: Collection[str]) -> frozenset[str]:
    """The known words that this one means: itself, those that it begins, and those with other endings."""
    if len(word) < SHORTEST_BEGINNING:
        return frozenset([word]) & frozenset(known)
    begun = frozenset(other for other in known if other.startswith(word))
    if len(word) < STEM_LENGTH:
        return begun
    return begun | frozenset(other for other in known if stem(other) == stem(word))


def _read(unknown: Sequence[str], entries: Sequence[Entry]) -> dict[str, str]:
    """The words that were most probably meant."""
    if not unknown:
        return {}
    texts = dict.fromkeys(text for entry in entries for text in entry.texts)
    return {word: reading.word for word, reading in Vocabulary(texts).read(unknown).items()}


def _with_number(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Whose number holds these digits, with or without what one dials before it."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) < SHORTEST_NUMBER:
        return []
    forms = {digits.removeprefix("0"), dialable(text).lstrip("+")}
    return [entry for entry in entries if any(form and form in entry.number for form in forms)]
