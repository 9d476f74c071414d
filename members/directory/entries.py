"""The directory as one reader sees it: read in a few queries, then searched and counted in memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat
from django.utils.encoding import force_str
from django.utils.translation import override
from translated_fields import to_attribute

from home.languages import LANGUAGES
from home.telephone import dialable
from members.directory.contributions import PeopleGroup, groups_for
from members.enums import SpokenLanguage
from members.finder.words import words
from members.models import Association, JobFunction, User

FACETS = ("function", "association", "group", "language")
STAND_IN = Case(
    When(
        Q(stand_in__is_active=True, stand_in__is_in_directory=True, stand_in__association=F("association")),
        Concat(F("stand_in__first_name"), Value(" "), F("stand_in__last_name")),
    ),
    default=Value(""),
)


@dataclass(frozen=True)
class Label:
    """What a value of a facet is called, in both languages; its words are taken apart once."""

    texts: tuple[str, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, folded."""
        return _words(self.texts)


@dataclass(frozen=True)
class Entry:
    """What somebody is found by: the values of each facet, a number, and words, of which many are others' too.

    Words and numbers are only looked at when somebody searches.
    """

    pk: int
    values: dict[str, frozenset[Any]]
    phone: str
    own: tuple[str, ...]
    labels: dict[tuple[str, Any], Label]

    @cached_property
    def number(self) -> str:
        """The telephone number as it is dialled."""
        return dialable(self.phone)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the entry, folded."""
        return _words([" ".join(self.own)]).union(*(label.words for label in self.shared))

    @property
    def shared(self) -> Iterator[Label]:
        """What the values of the entry are called."""
        keys = ((name, value) for name, values in self.values.items() for value in values)
        return (self.labels[key] for key in keys if key in self.labels)

    @property
    def texts(self) -> tuple[str, ...]:
        """The same as people wrote it."""
        return (*self.own, *(text for label in self.shared for text in label.texts))

    def fits(self, chosen: dict[str, Any]) -> bool:
        """Tell whether it has every value that was chosen."""
        return all(value in self.values[name] for name, value in chosen.items())


@dataclass(frozen=True)
class Directory:
    """Everybody who is listed, in the order of a telephone book, with what one may narrow by."""

    functions: list[JobFunction]
    associations: list[Association]
    groups: list[PeopleGroup]
    rows: list[tuple[Any, ...]]

    @classmethod
    def seen_by(cls, reader: Any) -> Self:
        """The people in the directory; of associations, groups and stand-ins only those that the reader may see."""
        people = User.objects.visible_to(reader).listed().by_name()
        rows = people.values_list(
            *("pk", "job_function_id", "association_id", "spoken_languages", "phone"),
            *("first_name", "last_name", "ask_me_about", "best_hours", STAND_IN),
        )
        associations = Association.objects.visible_to(reader).in_order()
        return cls(list(JobFunction.objects.all()), list(associations), groups_for(reader), list(rows))

    @cached_property
    def labels(self) -> dict[tuple[str, Any], Label]:
        """What each value of a facet is called."""
        found: dict[tuple[str, Any], Label] = {}
        for function in self.functions:
            found["function", function.pk] = Label((*_in_both(function, "name"), *function.other_names))
        for one in self.associations:
            found["association", one.pk] = Label((*_in_both(one, "short_name"), *_in_both(one, "name")))
        for group in self.groups:
            found["group", group.slug] = Label(group.names)
        for language in SpokenLanguage:
            found["language", language.value] = Label(_in_every_language(language.label))
        return found

    @cached_property
    def entries(self) -> list[Entry]:
        """Everybody, in order."""
        groups: defaultdict[int, set[str]] = defaultdict(set)
        for group in self.groups:
            for pk in group.people:
                groups[pk].add(group.slug)
        labels, shared = self.labels, cache(frozenset)  # thousands of entries have the same few values
        return [
            Entry(
                pk,
                {
                    "function": shared((function,)),
                    "association": shared((association,)),
                    "group": shared(tuple(groups.get(pk, ()))),
                    "language": shared(tuple(languages)),
                },
                phone,
                tuple(own),
                labels,
            )
            for pk, function, association, languages, phone, *own in self.rows
        ]


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _in_both(record: Any, name: str) -> list[str]:
    return [getattr(record, to_attribute(name, language)) for language in LANGUAGES]


def _in_every_language(label: Any) -> tuple[str, ...]:
    """A word of the interface in each language of the site."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(force_str(label))
    return tuple(found)
