"""The directory as one reader sees it: read in a few queries, then searched and counted in memory.

Thousands of people are read for a page of thirty, so only the columns that are needed are, as plain values.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import chain, starmap
from typing import Any, NamedTuple, Self

from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.encoding import force_str
from django.utils.translation import override
from translated_fields import to_attribute

from home.languages import LANGUAGES, current_language, other_languages
from members.directory.contributions import PeopleGroup, groups_for
from members.enums import SpokenLanguage
from members.models import Association, JobFunction, User

FACETS = ("function", "association", "group", "language")
STAND_IN = Case(
    When(
        Q(stand_in__is_active=True, stand_in__is_in_directory=True, stand_in__association=F("association")),
        Concat(F("stand_in__first_name"), Value(" "), F("stand_in__last_name")),
    ),
    default=Value(""),
)
LANGUAGES_SPOKEN = Func("spoken_languages", Value(" "), function="array_to_string", output_field=TextField())
VALUES = ("pk", "job_function_id", "association_id", LANGUAGES_SPOKEN)  # the first fields of an entry
OWN_WORDS = Func(
    *(Value(" "), "first_name", "last_name", "ask_me_about", "best_hours", STAND_IN),
    function="concat_ws",
    output_field=TextField(),
)


class Entry(NamedTuple):
    """What somebody is found by; the number and the own words are only there where one searches."""

    pk: int
    function: int | None
    association: int | None
    languages: str  # codes
    phone: str = ""
    text: str = ""


class Option(NamedTuple):
    """A value of a facet: as the address names it, as entries have it, its name, and all it is called."""

    slug: str
    value: Any
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Directory:
    """Everybody who is listed, in no order, with what one may narrow by."""

    entries: list[Entry]
    options: dict[str, list[Option]]  # of each facet, as its menu shows them
    groups_of: dict[int, list[str]]  # of each person

    @classmethod
    def seen_by(cls, reader: Any, *, with_words: bool) -> Self:
        """The people in the directory; of associations, groups and stand-ins only those that the reader may see."""
        people = User.objects.visible_to(reader).listed()
        rows = people.values_list(*VALUES, *(("phone", OWN_WORDS) if with_words else ()))
        groups, groups_of = groups_for(reader), defaultdict(list)
        for group in groups:
            for pk in group.people:
                groups_of[pk].append(group.slug)
        return cls(list(starmap(Entry, rows)), _options(reader, groups), dict(groups_of))

    def values_of(self, facet: str) -> Callable[[Entry], Collection[Any]]:
        """What tells the values that an entry has of a facet."""
        groups_of = self.groups_of
        tells: dict[str, Callable[[Entry], Collection[Any]]] = {
            "function": lambda entry: (entry.function,),
            "association": lambda entry: (entry.association,),
            "group": lambda entry: groups_of.get(entry.pk, ()),
            "language": lambda entry: set(entry.languages.split()),
        }
        return tells[facet]

    def number_of_each(self, facet: str, entries: Iterable[Entry]) -> Counter[Any]:
        """How many of these entries have each value of a facet."""
        return Counter(chain.from_iterable(map(self.values_of(facet), entries)))


def _options(reader: Any, groups: list[PeopleGroup]) -> dict[str, list[Option]]:
    """What there is to narrow by, by name; associations keep the alliance's order."""
    functions = [
        Option(one.slug, one.pk, str(one), (*_in_both(one, "name"), *one.other_names))
        for one in JobFunction.objects.all()
    ]
    of_groups = [Option(one.slug, one.slug, one.label, one.names) for one in groups]
    languages = SpokenLanguage.choices
    return {
        "function": sorted(functions, key=lambda option: option.label.casefold()),
        "association": _associations(reader),
        "group": sorted(of_groups, key=lambda option: option.label.casefold()),
        "language": [Option(code, code, str(label), _in_every_language(label)) for code, label in languages],
    }


def _associations(reader: Any) -> list[Option]:
    """A thousand names and no more of their associations."""
    languages = (current_language(), *other_languages(current_language()))
    columns = [to_attribute(name, language) for name in ("short_name", "name") for language in languages]
    found = Association.objects.visible_to(reader).in_order().values_list("slug", "pk", *columns)
    return [Option(slug, pk, next(filter(None, names), ""), tuple(names)) for slug, pk, *names in found]


def _in_both(record: Any, name: str) -> list[str]:
    return [getattr(record, to_attribute(name, language)) for language in LANGUAGES]


def _in_every_language(label: Any) -> tuple[str, ...]:
    """A word of the interface in each language of the site."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(force_str(label))
    return tuple(found)
