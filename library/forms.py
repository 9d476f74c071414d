"""What somebody types and chooses in the library."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.at_once import in_both, read_at_once
from library.files import CONTENT_TYPES
from library.models import Theme, ToolType
from library.models.vocabulary import TERM
from library.search.engine import Wish
from library.search.facets import FACETS
from library.search.matching import Reader
from library.search.query import LONGEST_QUERY
from members.models import Association
from news.models import WorkingGroup

FIRST_YEAR = 2000
FORMATS = {suffix.removeprefix("."): suffix.removeprefix(".").upper() for suffix in CONTENT_TYPES}
SORTS = (
    ("", _("What fits best")),
    ("newest", _("Newest first")),
    ("title", _("By title")),
    ("taken", _("Most taken first")),
)


class Option(NamedTuple):
    """Something to choose: its value in the address, its value in the index, and its name."""

    slug: str
    key: Any
    label: str


class Chip(NamedTuple):
    """A choice that was made, and the address without it."""

    facet: Any
    label: str
    address: str


@dataclass(frozen=True)
class Known:
    """What this person may choose from, read once however many searches are looked at."""

    reader: Reader
    types: list[ToolType]
    themes: list[Theme]
    options: dict[str, list[Option]]

    @classmethod
    def to(cls, user: Any) -> Self:
        """Every type, theme and association, and the groups that this person may see."""
        read = read_at_once(
            user,
            {
                "type": (ToolType.objects.all(), TERM),
                "theme": (Theme.objects.all(), TERM),
                "association": (Association.objects.all(), ("slug", *in_both("short_name"))),
                "group": (WorkingGroup.objects.visible_to(user), ("slug_fr", *in_both("name"))),
            },
        )
        options = {
            "type": [Option(one.slug, one.pk, str(one)) for one in read["type"]],
            "theme": [Option(one.slug, one.pk, str(one)) for one in read["theme"]],
            "association": [Option(one.slug, one.pk, str(one)) for one in read["association"]],
            "group": [Option(one.slug_fr, one.pk, str(one)) for one in read["group"]],
            "language": [Option(code, code, str(name)) for code, name in settings.LANGUAGES],
            "year": [Option(str(year), year, str(year)) for year in range(timezone.localdate().year, FIRST_YEAR, -1)],
            "format": [Option(name, name, label) for name, label in FORMATS.items()],
        }
        return cls(Reader.of(user, [group.pk for group in read["group"]]), read["type"], read["theme"], options)


class SearchForm(forms.Form):
    """One search box, and what one may narrow by; an unknown choice is told and left aside, the others hold."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": _("This is too long to search for: keep the words that matter most.")},
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false", "enterkeyhint": "search"}
        ),
    )
    type = forms.ChoiceField(label=_("Type"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    association = forms.ChoiceField(label=_("Association"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    format = forms.ChoiceField(label=_("Format"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, data: QueryDict, *, known: Known) -> None:
        super().__init__(data, auto_id="search_%s", use_required_attribute=False)
        self.known = known
        for name, options in known.options.items():
            self._choices(name, [(option.slug, option.label) for option in options])
        self.is_valid()

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    @property
    def wish(self) -> Wish:
        """What was typed and chosen, as the search takes it."""
        filters = {name: option.key for name, option in self._chosen()}
        return Wish(self.cleaned_data.get("q", ""), filters, self.cleaned_data.get("sort") or "relevance")

    def _chosen(self) -> Iterator[tuple[str, Option]]:
        for name in FACETS:
            if slug := self.cleaned_data.get(name):
                yield name, next(option for option in self.known.options[name] if option.slug == slug)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a filter is chosen."""
        return any(self.cleaned_data.get(name) for name in FACETS)

    def offer(self, counts: Mapping[str, Counter[Any]]) -> None:
        """Offer only what some tool has that this person may see, and say how many; what is chosen stays."""
        for name, options in self.known.options.items():
            number, chosen = counts[name], self.cleaned_data.get(name)
            there = [option for option in options if number[option.key] or option.slug == chosen]
            if name not in ("year", "language"):
                there.sort(key=lambda option: option.label.casefold())
            self._choices(name, [(option.slug, f"{option.label} ({number[option.key]})") for option in there])

    @property
    def filters(self) -> list[Any]:
        """The menus that offer something, without the order."""
        return [self[name] for name in FACETS if len(self.fields[name].choices) > 1]  # type: ignore[attr-defined]

    def chips(self) -> list[Chip]:
        """What is chosen, each with the address that leaves it out."""
        return [
            Chip(self.fields[name].label, option.label, self.address(without=name)) for name, option in self._chosen()
        ]

    def address(self, without: str = "", **changed: str) -> str:
        """The query string of this search, in a fixed order and without empty parts."""
        said = {name: self.cleaned_data.get(name, "") for name in ("q", *FACETS, "sort") if name != without} | changed
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in said.items() if value})
        return query.urlencode()
