"""Pages of a list that may be very long: nobody counts it, so the first page costs the same whatever its length."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator

MOST_PAGES = 1_000_000


class UncountedPage(Page):
    """A page that knows whether there is another one, and not how many there are."""

    def __init__(self, records: Any, number: int, paginator: Any, has_more: bool) -> None:
        super().__init__(records, number, paginator)
        self.has_more = has_more

    def has_next(self) -> bool:
        """Tell whether there are more records."""
        return self.has_more

    def next_page_number(self) -> int:
        """The number of the next page."""
        return self.number + 1

    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1


class UncountedPaginator(Paginator):
    """Reads one record more than a page shows, instead of counting all; records that a page shows are read once."""

    def page(self, number: Any) -> UncountedPage:
        """One page; raises InvalidPage for what is no number, and for a page behind the last one."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        records = list(self.object_list[first : first + self.per_page + 1])
        if not records and number > 1:
            raise EmptyPage
        return UncountedPage(records[: self.per_page], number, self, len(records) > self.per_page)

    @property
    def num_pages(self) -> int:
        """Nobody knows; a higher number than this one means no page, and would be too high for the database."""
        return MOST_PAGES
