"""What one can choose about a card: its language or both, and the paper."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from home.languages import LANGUAGES, OWN_NAMES, current_language

BOTH = "both"
PAPERS = {"a6": "A6", "a4": "A4"}


@dataclass(frozen=True)
class CardOptions:
    """The language or languages and the paper that somebody chose in the address."""

    language: str
    paper: str

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read the address; raises Http404 for a language or a paper that there is not."""
        chosen = cls(query.get("language", current_language()), query.get("paper", "a6"))
        if chosen.language not in (*LANGUAGES, BOTH) or chosen.paper not in PAPERS:
            raise Http404
        return chosen

    @property
    def languages(self) -> list[str]:
        """The languages of the sheets, in order."""
        return LANGUAGES if self.language == BOTH else [self.language]

    @property
    def format(self) -> str:
        """The name of the page that the style sheet knows: both languages share one A4."""
        return "a4-pair" if (self.language, self.paper) == (BOTH, "a4") else self.paper

    @property
    def menus(self) -> list[tuple[str, list["Choice"]]]:
        """What one can choose, as links."""
        names = {code: OWN_NAMES[code] for code in LANGUAGES} | {BOTH: _("Both languages")}
        languages = [Choice.of(self, name, language=code) for code, name in names.items()]
        papers = [Choice.of(self, name, paper=code) for code, name in PAPERS.items()]
        return [(_("Language"), languages), (_("Paper"), papers)]


@dataclass(frozen=True)
class Choice:
    """A link to the same card in another language or on other paper."""

    name: str
    language: str  # of the name; empty for the active one
    url: str
    is_chosen: bool

    @classmethod
    def of(cls, now: CardOptions, name: str, **change: str) -> Self:
        """The choice that changes one option and keeps the other."""
        there = {"language": now.language, "paper": now.paper}
        language = change.get("language", "")
        url = f"?{urlencode(there | change)}"
        return cls(name, language if language in LANGUAGES else "", url, there | change == there)
