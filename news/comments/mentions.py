"""Naming a colleague: from ``@Name`` to the person whom it means, among those who may be named."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Self

from translated_fields import to_attribute

from home.languages import LANGUAGES, current_language, other_languages
from members.finder.words import fold
from members.models import User
from news.comments.words import hidden_name, mark, plain, shown_name
from news.models import Comment, WorkingGroup

AT = re.compile(r"(?<!\w)@(?=\w)")  # not that of an e-mail address
WORD = re.compile(r"\w+")
WITHIN_A_NAME = re.compile(r"[ \u00a0.'’-]{1,3}")
GOES_ON = re.compile(r"-\w")  # “@Anne-Marie” does not mean Anne
BEHIND = re.compile(r"[ \u00a0]?\(([^()\n]{1,200})\)")
SUGGESTED = 8
COLUMNS = ("pk", "first_name", "last_name", "email", "association__live")
LABELS = [f"association__{to_attribute(name, code)}" for name in ("short_name", "name") for code in LANGUAGES]


@dataclass(frozen=True)
class Colleague:
    """Somebody whom one may name, and what tells them from others of the same name."""

    pk: int
    name: str
    email: str
    association: str  # as the reader knows it; empty where it is not published
    labels: frozenset[str]  # what may stand behind the name, folded

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The name word by word, folded."""
        return folded_words(self.name)


@dataclass(frozen=True)
class Reading:
    """A text with marks in place of names, whom it names, the names that mean several people, and those of nobody."""

    text: str
    people: Sequence[Colleague]
    unclear: Sequence[str]
    unknown: Sequence[str]


@dataclass(frozen=True)
class Colleagues:
    """Everybody whom a comment in a group may name: in the directory, and readers of the group."""

    people: Sequence[Colleague]

    @classmethod
    def of(cls, group: WorkingGroup, corrected: Comment | None = None) -> Self:
        """Read them in one query, in the order of a telephone book; with whom a comment named while one could."""
        readers: Any = group.readers()
        rows = readers.listed().by_name().values(*COLUMNS, *LABELS)
        people = [one for one in map(_colleague, rows) if one.words]
        return cls([*people, *_kept(people, corrected.mentions.all())] if corrected else people)

    @cached_property
    def by_name(self) -> dict[tuple[str, ...], list[Colleague]]:
        """Those who have the same name together."""
        found = defaultdict(list)
        for one in self.people:
            found[one.words].append(one)
        return dict(found)

    def read(self, text: str) -> Reading:
        """Put a mark where a colleague is named; the longest name counts, and what is nobody's name stays text."""
        parts, named, unclear, unknown, end = [], dict[int, Colleague](), [], [], 0
        for at in AT.finditer(text):
            people, behind = self._named(text, at.end()) if at.start() >= end else ([], end)
            if len(people) == 1:
                parts += [text[end : at.start()], mark(people[0].pk)]
                named[people[0].pk], end = people[0], behind
            elif people:
                unclear.append(self._which(people))
            elif at.start() >= end:
                unknown.append(f"@{next(WORD.finditer(text, at.end())).group()}")
        unclear, unknown = list(dict.fromkeys(unclear)), list(dict.fromkeys(unknown))
        return Reading("".join([*parts, text[end:]]), list(named.values()), unclear, unknown)

    def typed(self, text: str) -> str:
        """A kept text as its author would type it."""
        known = {one.pk: one for one in self.people}
        return plain(text, lambda pk: self.written(known[pk]) if pk in known else shown_name(None, None))

    def written(self, person: Colleague) -> str:
        """How to name somebody so that nobody else can be meant."""
        alike = self.by_name[person.words]
        return f"@{person.name} ({_distinction(person, alike)})" if len(alike) > 1 else f"@{person.name}"

    def beginning(self, typed: str) -> list[Colleague]:
        """Those whose name has words that begin like what was typed, the first ones only."""
        asked = folded_words(typed)
        fitting = (one for one in self.people if _begins(one.words, asked))
        return list(islice(fitting, SUGGESTED)) if asked else []

    def _named(self, text: str, start: int) -> tuple[list[Colleague], int]:
        """Whom the name that stands here may mean, and where it ends."""
        words = list(_words_at(text, start, self._longest))
        for number in range(len(words), 0, -1):
            end = words[number - 1].end()
            people = self.by_name.get(tuple(fold(word.group()) for word in words[:number]), [])
            if people and not GOES_ON.match(text, end):
                return _told_apart(text, end, people)
        return [], start

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.by_name), default=0)

    def _which(self, people: Sequence[Colleague]) -> str:
        return ", ".join(self.written(one) for one in people)


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a name or of what is typed of it, without case and accents."""
    return tuple(fold(word) for word in WORD.findall(text))


def _colleague(row: dict[str, Any]) -> Colleague:
    """Of an association that is not published nothing is known."""
    names = {column: row[column] or "" for column in LABELS if row["association__live"]}
    languages = (current_language(), *other_languages(current_language()))
    shown = (names.get(f"association__short_name_{language}", "") for language in languages)
    labels = frozenset(" ".join(folded_words(text)) for text in (*names.values(), row["email"]))
    name = f"{row['first_name']} {row['last_name']}".strip()
    return Colleague(row["pk"], name, row["email"], next(filter(None, shown), ""), labels)


def _kept(people: Sequence[Colleague], named: Iterable[User]) -> Iterator[Colleague]:
    """Those whom a comment names although they cannot be named now, under what stands for them; several are numbered.

    Their names mean them too, where nobody else has the same: one may have typed them before they left the directory.
    """
    known, taken = {one.pk for one in people}, {one.words for one in people}
    for number, person in enumerate((one for one in named if one.pk not in known), 1):
        by_name = Colleague(person.pk, person.get_full_name(), "", "", frozenset())
        if by_name.words and by_name.words not in taken:
            taken.add(by_name.words)
            yield by_name
        shown = hidden_name() if number == 1 else f"{hidden_name()} {number}"
        yield Colleague(person.pk, shown, "", "", frozenset())


def _words_at(text: str, start: int, most: int) -> Iterator[re.Match[str]]:
    """The words that may belong to one name, which begins here."""
    end = start
    for number, word in enumerate(WORD.finditer(text, start)):
        if number == most or (number and not WITHIN_A_NAME.fullmatch(text, end, word.start())):
            return
        end = word.end()
        yield word


def _told_apart(text: str, end: int, people: list[Colleague]) -> tuple[list[Colleague], int]:
    """Narrow by what stands behind the name in parentheses: an association or an address."""
    behind = BEHIND.match(text, end)
    label = " ".join(folded_words(behind[1])) if behind else ""
    meant = [one for one in people if label in one.labels]
    return (meant, behind.end()) if behind and meant else (people, end)


def _distinction(person: Colleague, alike: Sequence[Colleague]) -> str:
    """The association; the address where they share it, or where it could not be read back."""
    same = [one for one in alike if one.association == person.association]
    is_plain = person.association and not set("()") & set(person.association)
    return person.association if is_plain and len(same) == 1 else person.email


def _begins(words: Sequence[str], asked: Sequence[str]) -> bool:
    """Tell whether the words in this order begin like those that were typed; the first may be any of them."""
    last = len(asked)
    return any(
        all(word.startswith(part) for word, part in zip(words[place:], asked, strict=False))
        for place in range(len(words) - last + 1)
    )
