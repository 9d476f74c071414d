"""The directory in the memory of this process, read again as soon as anything that it holds has changed.

Thousands of people are searched and counted for a page of thirty, and they seldom change: they are read, and their
words folded, once. What depends on who looks, the working groups, is not here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple, Self

from django.db.models import BigIntegerField, Func, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import override
from translated_fields import to_attribute

from home.languages import LANGUAGES
from members.enums import SpokenLanguage
from members.finder.spelling import Vocabulary
from members.finder.words import fold, fold_each
from members.models import Association, JobFunction, User

_lock = Lock()
_memory: "Memory | None" = None


class Person(NamedTuple):
    """What is read of somebody."""

    pk: int
    association_id: int | None
    job_function_id: int | None
    spoken_languages: list[str]
    phone: str
    first_name: str
    last_name: str
    ask_me_about: str
    best_hours: str
    stand_in_id: int | None


class Option(NamedTuple):
    """A value of a facet: as the address names it, as people have it, its name in each language, its folded words."""

    slug: str
    value: Any
    names: Sequence[str]
    words: str

    @classmethod
    def of(cls, slug: str, value: Any, names: Sequence[str], others: Iterable[str] = ()) -> Self:
        """With everything else that it is called."""
        return cls(slug, value, names, fold(" ".join((*names, *others))))

    def label(self, language: str) -> str:
        """Its name in this language, where it has one."""
        return self.names[LANGUAGES.index(language)] or next(filter(None, self.names), "")


@dataclass(frozen=True)
class Memory:
    """Everybody who is listed, by name, as they were at one version; each list has one item for each person."""

    version: int
    people: list[int]  # their numbers
    values: dict[str, list[tuple[Any, ...]]]  # of each facet
    phones: list[str]
    words: list[str]  # their own, folded
    options: dict[str, list[Option]]  # of each facet

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word that finds somebody; each counts once, also that of a job which many have."""
        texts = []
        for facet, options in self.options.items():
            used = {value for values in self.values[facet] for value in values}
            texts += [option.words for option in options if option.value in used]
        return Vocabulary(dict.fromkeys(word for text in (*texts, *self.words) for word in text.split()))


def current_memory() -> Memory:
    """The directory of now.

    One query tells whether anything changed: the database adds up a number for each row. The version of a memory
    is that of the very rows which it holds, so that nothing is lost that changes while it is read.
    """
    global _memory  # noqa: PLW0603  # one memory per process
    version = _version()
    memory = _memory
    if memory and memory.version == version:
        return memory
    with _lock:
        if not (_memory and _memory.version == version):
            _memory = _read()
        return _memory


def _sources() -> tuple[tuple[QuerySet[Any], Sequence[str]], ...]:
    """People, associations and job functions, as far as every member may see them, with what is read of each."""
    names, short_names = ([to_attribute(name, code) for code in LANGUAGES] for name in ("name", "short_name"))
    return (
        (User.objects.listed().by_name(), Person._fields),
        (Association.objects.visible_to(None).in_order(), ["order", "slug", "pk", *short_names, *names]),
        (JobFunction.objects.all(), ["other_names", "slug", "pk", *names]),
    )


def _mark(columns: Sequence[str]) -> Func:
    """A number of 64 bits for a row, which differs as soon as one of these columns does.

    PostgreSQL's number for a row adds up its columns: the sum of all would stay when two people swap theirs, so it is
    hashed once more; as text, for the hash of a number has half as many bits.
    """
    row = Func(
        Func(*columns, function="ROW"), Value(0), function="hash_record_extended", output_field=BigIntegerField()
    )
    return Func(Cast(row, TextField()), Value(0), function="hashtextextended", output_field=BigIntegerField())


def _version() -> int:
    first, *others = [
        rows.order_by()
        .values(every=Value(1))
        .annotate(sum=Sum(_mark(columns), default=0))
        .values_list("sum", flat=True)
        for rows, columns in _sources()
    ]
    return int(sum(first.union(*others, all=True)))


def _read() -> Memory:
    found = [list(rows.values_list(_mark(columns), *columns)) for rows, columns in _sources()]
    people, associations, functions = ([columns for _mark, *columns in rows] for rows in found)
    listed, both = [Person(*columns) for columns in people], len(LANGUAGES)
    return Memory(
        version=sum(mark for rows in found for mark, *_columns in rows),
        people=[one.pk for one in listed],
        values={
            "function": [(one.job_function_id,) for one in listed],
            "association": [(one.association_id,) for one in listed],
            "language": [tuple(dict.fromkeys(one.spoken_languages)) for one in listed],
        },
        phones=[one.phone for one in listed],
        words=fold_each(_own_words(listed)),
        options={
            "function": [Option.of(slug, pk, names, others) for others, slug, pk, *names in functions],
            "association": [
                Option.of(slug, pk, names[:both], names[both:]) for _order, slug, pk, *names in associations
            ],
            "language": list(_spoken()),
        },
    )


def _own_words(people: Iterable[Person]) -> Iterator[str]:
    """Their name, what to ask them, when, and who answers instead of them: a colleague who is listed too."""
    by_number = {one.pk: one for one in people}
    for one in people:
        said = [one.first_name, one.last_name, one.ask_me_about, one.best_hours]
        instead = by_number.get(one.stand_in_id) if one.stand_in_id else None
        if instead and instead.association_id == one.association_id:
            said += [instead.first_name, instead.last_name]
        yield " ".join(said)


def _spoken() -> Iterator[Option]:
    names = []
    for language in LANGUAGES:
        with override(language):
            names.append([str(label) for label in SpokenLanguage.labels])
    for code, *in_each in zip(SpokenLanguage.values, *names, strict=True):
        yield Option.of(code, code, in_each)
