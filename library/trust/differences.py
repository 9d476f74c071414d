"""What changed in the words of a tool from one version to another."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal

from library.models import StoredFile

Kind = Literal["same", "added", "removed"]
MAX_CHARACTERS = 300_000  # of each text; a long work-rules document has about 100,000
MAX_WORDS = 3_000  # of a changed passage on each side; beyond it the passage is shown whole, old then new
MAX_LINES = 10_000  # of each text
MAX_SECONDS = 2.0  # for looking for what stayed; what was not compared by then is shown whole
LONG_LINE = 400  # characters; longer lines are compared sentence by sentence
AROUND = 1  # unchanged lines shown on each side of a change
ALIKE = 0.3  # below this share of common words, old and new are shown one after the other
SENTENCE_END = re.compile(r"(?<=[.;:!?]) ")
WORD = re.compile(r"\n|\S+")


class BoundedMatcher(SequenceMatcher[str]):
    """Finds what stayed from one sequence to another until its time is over; the rest counts as changed."""

    def __init__(self, older: list[str], newer: list[str], deadline: float) -> None:
        super().__init__(None, older, newer)
        self.deadline = deadline

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """The longest run that both have in these bounds; an empty one once the time is over."""
        if time.monotonic() > self.deadline:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Passage:
    """Neighbouring lines: unchanged ones, or a change; ``skipped`` unchanged lines are left out before it."""

    pieces: list[Piece]
    skipped: int = 0

    @property
    def is_change(self) -> bool:
        """Tell whether anything in it came or went."""
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class Difference:
    """The changes from one text to another; computed once, within bounds of size and time."""

    older: list[str]
    newer: list[str]
    is_cut: bool = False

    @cached_property
    def passages(self) -> list[Passage]:
        """What to show, in the order of the text; empty when nothing changed."""
        return list(self._passages(time.monotonic() + MAX_SECONDS)) if self.older != self.newer else []

    @property
    def counts(self) -> dict[str, int]:
        """How many words came and went."""
        pieces = [piece for passage in self.passages for piece in passage.pieces]
        return {
            kind: sum(len(one.text.split()) for one in pieces if one.kind == kind) for kind in ("added", "removed")
        }

    def _passages(self, deadline: float) -> Iterator[Passage]:
        skipped = 0
        opcodes = BoundedMatcher(self.older, self.newer, deadline).get_opcodes()
        for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
            if tag != "equal":
                yield Passage(_changed(self.older[i1:i2], self.newer[j1:j2], deadline), skipped)
                skipped = 0
                continue
            lines = self.older[i1:i2]
            before = lines[:AROUND] if place else []  # what follows the change before
            rest = lines[len(before) :]
            after = rest[-AROUND:] if place < len(opcodes) - 1 else []  # what leads to the change behind
            skipped = len(rest) - len(after)
            if before:
                yield Passage([Piece("same", "\n".join(before))])
            if after:
                yield Passage([Piece("same", "\n".join(after))], skipped)
                skipped = 0


def lines_of(stored: StoredFile) -> tuple[list[str], bool]:
    """The lines of a file's text, and whether it was cut because it is huge; no lines when none could be read."""
    text = "\n".join(stored.pages.order_by("number").values_list("text", flat=True))
    lines = (" ".join(line.split()) for line in text[:MAX_CHARACTERS].splitlines())
    parts = [part for line in lines if line for part in _parts(line)]
    return parts[:MAX_LINES], len(text) > MAX_CHARACTERS or len(parts) > MAX_LINES


def _parts(line: str) -> list[str]:
    return SENTENCE_END.split(line) if len(line) > LONG_LINE else [line]


def difference(older: StoredFile, newer: StoredFile) -> Difference | None:
    """What changed from one file to the other; None when one of them has no text to compare."""
    (before, is_before_cut), (after, is_after_cut) = lines_of(older), lines_of(newer)
    return Difference(before, after, is_before_cut or is_after_cut) if before and after else None


def _changed(older: list[str], newer: list[str], deadline: float) -> list[Piece]:
    """The words that came and went in a passage."""
    before, after = "\n".join(older), "\n".join(newer)
    whole = [*([Piece("removed", before)] if before else []), *([Piece("added", after)] if after else [])]
    if len(whole) < 2 or time.monotonic() > deadline:
        return whole
    old_words, new_words = WORD.findall(before), WORD.findall(after)
    if max(len(old_words), len(new_words)) > MAX_WORDS:
        return whole
    matcher = BoundedMatcher(old_words, new_words, deadline)
    return whole if matcher.ratio() < ALIKE else list(_joined(_words(matcher, old_words, new_words)))


def _words(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield "same", new[j1:j2]
            continue
        if i1 < i2:
            yield "removed", old[i1:i2]
        if j1 < j2:
            yield "added", new[j1:j2]


def _joined(runs: Iterator[tuple[Kind, list[str]]]) -> Iterator[Piece]:
    """Runs of words as text; a changed run of nothing but new lines is no change."""
    calm = ((kind if any(word != "\n" for word in words) else "same", words) for kind, words in runs)
    for kind, group in groupby(calm, key=lambda run: run[0]):
        words = [word for _kind, found in group for word in found]
        yield Piece(kind, "".join(_spaced(*pair) for pair in pairwise([*words, "\n"])))


def _spaced(word: str, after: str) -> str:
    return word if "\n" in (word, after) else f"{word} "
