"""Who shares, who takes, and what is asked for: numbers by association, never by person."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.enums import Answer
from library.models import DownloadCount, Tool, ToolType, ToolVersion
from members.models import Association

MOST_TAKEN = 10
COUNTED = ("shared", "added", "taken", "given")  # of each association


def months_until(last: date, number: int) -> list[date]:
    """The first days of so many months, the last of them given."""
    place = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(place - number + 1, place + 1)]


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


@dataclass(frozen=True)
class Use:
    """What one association gives and takes."""

    association: Association | None  # None: the public, and people without an association
    shared: int
    added: int
    taken: int
    given: int


@dataclass(frozen=True)
class Usage:
    """The use of the library over some months; names only tools that the reader may see."""

    months: list[date]
    user: Any

    @property
    def days(self) -> tuple[date, date]:
        """The first day of the first month, and the last one of the last."""
        return self.months[0], month_after(self.months[-1]) - timedelta(days=1)

    @cached_property
    def by_month(self) -> list[tuple[date, int]]:
        """How often tools were taken in each month."""
        counts = dict(self._counts().values_list("month").annotate(Sum("number")))
        return [(month, counts.get(month, 0)) for month in self.months]

    @property
    def numbers(self) -> list[int]:
        """The same without the months."""
        return [number for _month, number in self.by_month]

    @property
    def total(self) -> int:
        """How often tools were taken."""
        return sum(self.numbers)

    @cached_property
    def keys(self) -> list[int | None]:
        """Every association in the alliance's order; last the public, and people without an association."""
        return [*Association.objects.visible_to(None).in_order().values_list("pk", flat=True), None]

    def uses(self, keys: Collection[int | None]) -> dict[int | None, Use]:
        """What each of these shares, added, took, and gave, in the same order."""
        known: dict[int | None, Any] = {
            **Association.objects.visible_to(None).for_cards().in_bulk([key for key in keys if key]),
            None: None,
        }
        counts = {key: {what: self._by_key[what, key] for what in COUNTED} for key in keys if key in known}
        return {key: Use(known[key], **numbers) for key, numbers in counts.items()}

    def most(self, what: str) -> int:
        """The largest number of one association, of what it shares for instance."""
        return max(self._by_key[what, key] for key in self.keys)

    @cached_property
    def _by_key(self) -> Counter[tuple[str, int | None]]:
        """Each count of each association by its key, all in one query."""
        versions = ToolVersion.objects.filter(added_on__range=self.days)
        counts = (
            _counted("shared", Tool.objects.all(), "association", Count("pk")),
            _counted("added", versions, "tool__association", Count("pk")),
            _counted("taken", self._counts(), "association", Sum("number")),
            _counted("given", self._counts(), "tool__association", Sum("number")),
        )
        rows = counts[0].union(*counts[1:], all=True)
        return Counter({(what, key): number for what, key, number in rows})

    @property
    def tool_total(self) -> int:
        """How many tools there are, whoever sees them."""
        return sum(number for (what, _key), number in self._by_key.items() if what == "shared")

    @cached_property
    def asked_for(self) -> list[ToolType]:
        """Types that somebody asked for, with the answers so far, most wanted first."""
        recent = Q(requests__created_at__date__range=self.days)
        answers = {
            f"asked_{answer.value}": Count("requests", filter=recent & Q(requests__answer=answer)) for answer in Answer
        }
        kinds = ToolType.objects.annotate(asked=Count("requests", filter=recent)).filter(asked__gt=0)
        return list(kinds.annotate(**answers).order_by("-asked", "slug"))

    @cached_property
    def most_taken(self) -> list[Tool]:
        """The tools that were taken most, among those that the reader may see."""
        recent = Q(download_counts__month__in=self.months, download_counts__number__gt=0)
        taken = Tool.objects.visible_to(self.user).filter(recent)
        most = taken.annotate(taken=Sum("download_counts__number")).order_by("-taken", "pk")
        return list(most.select_related("association")[:MOST_TAKEN])

    @cached_property
    def hidden_total(self) -> int:
        """How often tools were taken that the reader may not see; they have no name here."""
        visible = Tool.objects.visible_to(self.user).order_by().values("pk")
        return self._counts().exclude(tool__in=visible).aggregate(total=Sum("number"))["total"] or 0

    def _counts(self) -> Any:
        return DownloadCount.objects.filter(month__in=self.months).order_by()

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Everything as one table for a spreadsheet: what is counted, of whom or what, when, how often."""
        first, last = self.months[0].isoformat(), self.months[-1].isoformat()
        yield _("What"), _("Of"), _("From month"), _("To month"), _("Number")
        by_month = self._counts().values_list("association", "month").annotate(Sum("number"))
        names = {one.pk: str(one) for one in Association.objects.all()}
        for key, month, number in sorted(by_month, key=lambda row: (row[1], row[0] or 0)):
            yield _("Downloads"), names.get(key, _("The public")), month.isoformat(), month.isoformat(), number
        for use in self.uses(self.keys).values():
            if use.association:
                yield _("Tools shared"), str(use.association), "", last, use.shared
                yield _("Versions added"), str(use.association), first, last, use.added
                yield _("Downloads of its tools"), str(use.association), first, last, use.given
        for kind in self.asked_for:
            for answer in Answer:
                number = getattr(kind, f"asked_{answer.value}")
                yield _("Requests: %(answer)s") % {"answer": answer.label}, str(kind), first, last, number


def _counted(what: str, rows: QuerySet[Any], association: str, number: Aggregate) -> QuerySet[Any, Any]:
    """One row for each association: what is counted, its key, and how often."""
    grouped = rows.order_by().annotate(what=Value(what), key=F(association)).values("what", "key")
    return grouped.annotate(total=number).values_list("what", "key", "total")


def month_names(months: list[date]) -> list[str]:
    """Months as a chart names them; the year stands only where it begins."""
    return [date_format(month, "N Y" if month.month == 1 or month == months[0] else "N") for month in months]


def periods() -> dict[str, tuple[Any, list[date]]]:
    """The periods that one can choose, with their labels and months."""
    today = timezone.localdate()
    return {
        "12": (_("The last 12 months"), months_until(today, 12)),
        "24": (_("The last 24 months"), months_until(today, 24)),
        "year": (str(today.year), months_until(today, today.month)),
        "last-year": (str(today.year - 1), months_until(date(today.year - 1, 12, 1), 12)),
    }
