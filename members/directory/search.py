"""From what a colleague types to the people whom it may mean; typing errors are forgiven."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from home.telephone import dialable
from members.directory.entries import Directory, Entry, Option
from members.finder.spelling import Vocabulary
from members.finder.words import STEM_LENGTH, WORD, fold_each, stem, words

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


@dataclass(frozen=True)
class Said:
    """What the directory says, folded: the own words of each entry, and what the values of facets are called."""

    directory: Directory
    own: Sequence[str]
    labels: dict[str, dict[Any, str]]

    @classmethod
    def by(cls, directory: Directory) -> Self:
        """Fold everything."""
        labels = {
            name: dict(zip([one.value for one in options], fold_each(map(_called, options)), strict=True))
            for name, options in directory.options.items()
        }
        return cls(directory, fold_each(entry.text for entry in directory.entries), labels)

    def places(self, word: str) -> set[int]:
        """Where the entries stand that have this folded word."""
        beginning = stem(word)  # is not in most texts, which is seen at once
        places = {place for place, text in enumerate(self.own) if beginning in text and _has(text, word)}
        for name, labels in self.labels.items():
            values = {value for value, label in labels.items() if beginning in label and _has(label, word)}
            if values:
                places |= self._with_one_of(name, values)
        return places

    def _with_one_of(self, facet: str, values: set[Any]) -> set[int]:
        values_of = self.directory.values_of(facet)
        return {place for place, one in enumerate(self.directory.entries) if not values.isdisjoint(values_of(one))}

    def read(self, unknown: Sequence[str]) -> dict[str, str]:
        """The words of somebody that were most probably meant by words that nobody has."""
        if not unknown:
            return {}
        texts = []
        for name, options in self.directory.options.items():
            number = self.directory.number_of_each(name, self.directory.entries)
            texts += [_called(option) for option in options if number[option.value]]
        texts += [entry.text for entry in self.directory.entries]
        said = dict.fromkeys(word for text in texts for word in text.split())  # once, as of a job that many have
        return {word: reading.word for word, reading in Vocabulary(said).read(unknown).items()}


def search(text: str, directory: Directory) -> Answer:
    """The entries that have every word; a word that is known to nobody is left aside, unless it is the only one."""
    entries = directory.entries
    if NUMBER.fullmatch(text):
        return Answer(_with_number(text, entries), {}, [])
    asked = [word for word in dict.fromkeys(words(text)) if word not in LITTLE]
    if not asked:
        return Answer([] if text.strip() else entries, {}, [])
    said = Said.by(directory)
    places = {word: said.places(word) for word in asked}
    read = said.read([word for word, found in places.items() if not found])
    places |= {word: said.places(reading) for word, reading in read.items()}
    counting = [found for found in places.values() if found]
    found = sorted(set.intersection(*counting)) if counting else []
    return Answer([entries[place] for place in found], read, [word for word in asked if not places[word]])


def _called(option: Option) -> str:
    return " ".join(option.names)


def _has(text: str, asked: str) -> bool:
    """Tell whether a folded text has this folded word, one that it begins, or one with another ending.

    Words are compared as they are: a pattern would stay in the memory of the process, with what somebody typed.
    """
    said = WORD.findall(text)
    if len(asked) < SHORTEST_BEGINNING:
        return asked in said
    is_short = len(asked) < STEM_LENGTH
    return any(one.startswith(asked) or (not is_short and stem(one) == stem(asked)) for one in said)


def _with_number(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """Whose number holds these digits, with or without what one dials before it."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) < SHORTEST_NUMBER:
        return []
    forms = {digits.removeprefix("0"), dialable(text).lstrip("+")}
    return [entry for entry in entries if any(form and form in dialable(entry.phone) for form in forms)]
