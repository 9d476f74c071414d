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
        """Before the stems in the index, in migration 0003: title and summary, search words, labels, text."""
        wanted = (("=", True), ("+", self.search_words), ("~", self.labels), ("", self.text))
        return [mark for mark, is_wanted in wanted if is_wanted]

    @property
    def weights(self) -> str:
        """Where in ``head`` a stem counts: title, search words, summary, labels."""
        return "A" + ("B" if self.search_words else "") + "C" + ("D" if self.labels and self.search_words else "")


EVERYTHING = Parts()
