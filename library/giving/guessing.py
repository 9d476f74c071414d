"""What a file tells of itself: a title, a type, themes and a language to start from, all of them editable."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from home.languages import LANGUAGES, current_language
from library.models import FilePage, StoredFile, Theme, ToolType
from library.models.vocabulary import Term
from members.finder.words import fold, words

TITLE_LENGTH = 160  # characters, as Tool.title
READ = 3000  # characters of the text that are looked at
# What a word weighs, by where it stands: a name says more of a file than a word somewhere in it.
IN_NAME, IN_HEADING, IN_TEXT = 6, 4, 1
MOST_IN_TEXT = 3  # repetitions in the text that count
ENOUGH_FOR_TYPE, ENOUGH_FOR_THEME = 4, 5
MOST_THEMES = 2
HEADING_LINES = 12
# What people add to names of files to tell copies apart.
NOISE = re.compile(
    r"\b(v(ersion|ersie)?[ .]?\d+(\.\d+)*|def(initief|initif|inititve)?|final(e|version)?|copie|kopie|copy|scan|"
    r"\d{8}|\d{1,2}[ .]\d{1,2}[ .]\d{2,4}|\d{4}[ .]\d{1,2}[ .]\d{1,2})\b|\(\d+\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Guess:
    """What a form starts with; None where nothing is likely."""

    title: str
    language: str
    type: ToolType | None = None
    themes: tuple[Theme, ...] = ()

    def as_initial(self) -> dict[str, Any]:
        """As a form takes it."""
        return {
            "title": self.title,
            "language": self.language,
            "type": self.type and self.type.pk,
            "themes": [theme.pk for theme in self.themes],
        }


class Guesser:
    """Guesses for many files with one look at the vocabulary; of two that are as likely, the older counts."""

    def __init__(self, types: Iterable[ToolType], themes: Iterable[Theme]) -> None:
        self.types = [(kind, _pattern(kind)) for kind in sorted(types, key=_number)]
        self.themes = [(theme, _pattern(theme)) for theme in sorted(themes, key=_number)]

    def guess(self, file_name: str, text: str = "", language: str = "") -> Guess:
        """Look at a file's name and the beginning of its text."""
        title = title_of(file_name, text)
        places = (readable(file_name), IN_NAME), (title, IN_HEADING), (text[:READ], IN_TEXT)
        heard = [(f" {' '.join(words(place))} ", weight) for place, weight in places]
        types = _likely(self.types, heard, ENOUGH_FOR_TYPE)
        return Guess(
            title=title,
            language=language if language in LANGUAGES else current_language(),
            type=types[0] if types else None,
            themes=tuple(_likely(self.themes, heard, ENOUGH_FOR_THEME)[:MOST_THEMES]),
        )


def texts_of(files: Iterable[StoredFile]) -> dict[int, str]:
    """The beginning of each file's text, by the file's key; what has no text is left out."""
    pages = FilePage.objects.filter(stored_file__in=list(files), number=1)
    return {page.stored_file_id: page.text[: 2 * READ] for page in pages}


def readable(file_name: str) -> str:
    """A file's name as a person would write it: without suffix, underscores, dates and version numbers."""
    stem = PurePath(file_name).stem if PurePath(file_name).suffix else file_name
    if " " not in stem:
        stem = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", stem)
    plain = " ".join(re.sub(r"[_\-+]+|(?<!\d)\.|\.(?!\d)", " ", stem).split())
    kept = " ".join(NOISE.sub(" ", plain).split()) or plain or file_name
    return kept[:1].upper() + kept[1:TITLE_LENGTH]


def title_of(file_name: str, text: str) -> str:
    """The heading in the text that goes with the file's name; else the name, made readable."""
    name = readable(file_name)
    known = {word for word in words(name) if len(word) > 3}
    lines = [" ".join(line.lstrip("#*• ").split()) for line in text[:READ].splitlines()]
    headings = [line for line in [line for line in lines if line][:HEADING_LINES] if _is_heading(line)]
    best = max(headings, key=lambda line: _shared(known, line), default="")
    if best and (_shared(known, best) or not known):
        return best[:1].upper() + best[1:]
    return name


def _shared(known: set[str], line: str) -> float:
    """How much of a line is in the file's name too: the title above a page's own heading says less."""
    own = set(words(line))
    return len(known & own) / max(1, len(own))


def _is_heading(line: str) -> bool:
    letters = sum(letter.isalpha() for letter in line)
    return 5 <= len(line) <= 110 and letters > len(line) / 2 and not line.endswith((".", ":", ";", ","))


def _number(term: Any) -> int:
    return int(term.pk)


def _pattern(term: Term) -> re.Pattern[str]:
    """Every name and search word of a term, longest first, between spaces."""
    named: list[str] = [term.name_fr, term.name_nl, *term.search_words]  # type: ignore[attr-defined]  # Bilingual
    parts = [part for name in named for part in re.split(r"\s+(?:ou|et|of|en)\s+|[,/()]", name or "")]
    phrases = {" ".join(words(phrase)) for phrase in [*named, *parts]}
    longest_first = sorted((phrase for phrase in phrases if len(phrase) > 2), key=len, reverse=True)
    return re.compile("(?<= )(?:" + "|".join(map(re.escape, longest_first or ["\0"])) + ")(?:s|en)?(?= )")


def _likely(terms: Sequence[tuple[Any, re.Pattern[str]]], heard: list[tuple[str, int]], enough: int) -> list[Any]:
    """The terms that are likely, best first."""
    scores = [(_score(pattern, heard), -place, term) for place, (term, pattern) in enumerate(terms)]
    return [
        term for score, _place, term in sorted(scores, key=lambda found: found[:2], reverse=True) if score >= enough
    ]


def _score(pattern: re.Pattern[str], heard: list[tuple[str, int]]) -> int:
    """Longer phrases say more: each counts its words, in the text only so often."""
    total = 0
    for place, weight in heard:
        found = pattern.findall(place)[: MOST_IN_TEXT if weight == IN_TEXT else None]
        total += sum(weight * len(phrase.split()) for phrase in found)
    return total


def folded_start(text: str) -> str:
    """The beginning of a text as two texts are compared: without case, accents and layout."""
    return " ".join(fold(text[:READ]).split())
