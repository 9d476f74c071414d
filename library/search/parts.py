"""The parts of the search, each of which can be switched off to see what it adds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parts:
    """Where to look, besides titles and summaries."""

    meaning: bool = True
    search_words: bool = True
    labels: bool = True
    text: bool = True

    @property
    def marks(self) -> list[str]:
        """Before the stems in the index, in migration 0003: all but the text, or some of it; nothing before text."""
        if self.search_words and self.labels:
            return ["=", *self._text]
        return ["/", *(["+"] if self.search_words else []), *(["~"] if self.labels else []), *self._text]

    @property
    def _text(self) -> list[str]:
        return [""] if self.text else []

    @property
    def outside_of_text(self) -> list[str]:
        """The same without the text of files."""
        return [mark for mark in self.marks if mark]

    @property
    def weights(self) -> str:
        """Where in ``head`` a stem counts: title, search words, summary, labels."""
        return "A" + ("B" if self.search_words else "") + "C" + ("D" if self.labels and self.search_words else "")


EVERYTHING = Parts()
