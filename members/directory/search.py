"""From what a colleague types to the people whom it may mean; typing errors are forgiven."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from home.languages import current_language
from home.telephone import dialable
from members.directory.contributions import groups_for
from members.directory.store import Memory, Option, current_memory
from members.finder.spelling import Vocabulary
from members.finder.words import STEM_LENGTH, WORD, stem, words

FACETS = ("function", "association", "group", "language")
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
    """Who was found, by their places; what was read in place of words that nobody has, and those that mean nothing."""

    found: Sequence[int]
    read: dict[str, str]
    unknown: Sequence[str]


@dataclass(frozen=True)
class Directory:
    """The directory as one reader sees it: what all may see, and the groups; people are named by their places."""

    memory: Memory
    language: str  # in which it is read
    options: dict[str, list[Option]]  # of each facet, as its menu shows them
    values: dict[str, list[tuple[Any, ...]]]  # of each facet and person

    @classmethod
    def seen_by(cls, reader: Any) -> Self:
        """With the groups that the reader may see."""
        memory, groups, language = current_memory(), groups_for(reader), current_language()
        groups_of: dict[int, tuple[str, ...]] = {}
        for group in groups:
            groups_of |= {pk: (*groups_of.get(pk, ()), group.slug) for pk in group.people}
        options = memory.options | {"group": [Option.of(one.slug, one.slug, one.names) for one in groups]}
        for facet in ("function", "group"):  # by name; associations keep the alliance's order, languages that of code
            options[facet] = sorted(options[facet], key=lambda option: option.label(language).casefold())
        values = memory.values | {"group": [groups_of.get(pk, ()) for pk in memory.people]}
        return cls(memory, language, {name: options[name] for name in FACETS}, values)

    @property
    def everybody(self) -> Sequence[int]:
        """The places of all."""
        return range(len(self.memory.people))

    def label(self, option: Option) -> str:
        """The name of an option in the reader's language."""
        return option.label(self.language)

    def number_of_each(self, facet: str, places: Iterable[int]) -> Counter[Any]:
        """How many of the people at these places have each value of a facet."""
        number: Counter[Any] = Counter()
        for values, times in Counter(map(self.values[facet].__getitem__, places)).items():
            for value in values:
                number[value] += times
        return number

    def with_one_of(self, facet: str, wanted: set[Any], places: Iterable[int]) -> list[int]:
        """Those of these places whose people have one of these values of a facet."""
        values = self.values[facet]
        return [place for place in places if not wanted.isdisjoint(values[place])]

    def with_word(self, word: str) -> set[int]:
        """Where the people stand who have this folded word."""
        beginning = stem(word)  # is not in most texts, which is seen at once
        found = {place for place, text in enumerate(self.memory.words) if beginning in text and _has(text, word)}
        for name, options in self.options.items():
            wanted = {one.value for one in options if beginning in one.words and _has(one.words, word)}
            found.update(self.with_one_of(name, wanted, self.everybody) if wanted else ())
        return found

    def read(self, unknown: Sequence[str]) -> dict[str, str]:
        """The words of somebody that were most probably meant by words that nobody has."""
        if not unknown:
            return {}
        number = self.number_of_each("group", self.everybody)
        groups = Vocabulary(option.words for option in self.options["group"] if number[option.value])
        read = self.memory.vocabulary.read(unknown)
        for word, reading in groups.read(unknown).items():
            read[word] = max(read.get(word, reading), reading, key=lambda either: either.certainty)
        return {word: reading.word for word, reading in read.items()}


def search(text: str, directory: Directory) -> Answer:
    """The people who have every word; a word that is known to nobody is left aside, unless it is the only one."""
    if NUMBER.fullmatch(text):
        return Answer(_with_number(text, directory.memory.phones), {}, [])
    asked = [word for word in dict.fromkeys(words(text)) if word not in LITTLE]
    if not asked:
        return Answer([] if text.strip() else directory.everybody, {}, [])
    found = {word: directory.with_word(word) for word in asked}
    read = directory.read([word for word, places in found.items() if not places])
    found |= {word: directory.with_word(reading) for word, reading in read.items()}
    counting = [places for places in found.values() if places]
    everything = sorted(set.intersection(*counting)) if counting else []
    return Answer(everything, read, [word for word in asked if not found[word]])


def _has(text: str, asked: str) -> bool:
    """Tell whether a folded text has this folded word, one that it begins, or one with another ending.

    Words are compared as they are: a pattern would stay in the memory of the process, with what somebody typed.
    """
    said = WORD.findall(text)
    if len(asked) < SHORTEST_BEGINNING:
        return asked in said
    is_short = len(asked) < STEM_LENGTH
    return any(one.startswith(asked) or (not is_short and stem(one) == stem(asked)) for one in said)


def _with_number(text: str, phones: Sequence[str]) -> list[int]:
    """Whose number holds these digits, with or without what one dials before it."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) < SHORTEST_NUMBER:
        return []
    forms = {digits.removeprefix("0"), dialable(text).lstrip("+")}
    dialed = map(dialable, phones)
    return [place for place, phone in enumerate(dialed) if any(form and form in phone for form in forms)]
