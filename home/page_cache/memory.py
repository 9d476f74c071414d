"""What one process remembers of the public pages, and whether it is still true."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, time, timedelta
from threading import Lock
from time import time as now
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone

from home.page_cache.copies import Page

AT_MOST = 3600  # seconds; a net below everything else
MOST_VALUES = 1_000  # parts of pages, of some kilobytes each
ValueT = TypeVar("ValueT")
Address = tuple[bool, str, str]  # whether by https, the host, the path


class Memory:
    """Pages of one generation; a change of anything public begins the next one.

    Whoever makes a page notes the generation before reading anything, and hands it in with the page: what began
    before a change is not kept after it. Pages of earlier generations stay, to be shown while the site is in
    trouble, until room is needed.
    """

    def __init__(self, limit: int) -> None:
        self.generation = 0
        self.is_used = False  # whether this process serves pages
        self.is_told = False  # whether the database tells this process of every change
        self._limit = limit  # bytes
        self._size = 0
        self._pages: OrderedDict[Address, tuple[Page, int, float]] = OrderedDict()
        self._values: dict[str, tuple[int, float, Any]] = {}
        self._lock = Lock()

    def fresh(self, address: Address) -> Page | None:
        """The page at this address, if nothing that it shows has changed."""
        with self._lock:
            found = self._pages.get(address)
            if found is None or not self.is_told or found[1] != self.generation or found[2] < now():
                return None
            self._pages.move_to_end(address)
            return found[0]

    def last_known(self, address: Address) -> Page | None:
        """The page as it was when it was last made, whatever has changed since."""
        found = self._pages.get(address)
        return found[0] if found else None

    def keep(self, address: Address, page: Page, generation: int) -> None:
        """Remember a page whose making began in this generation, unless something has changed meanwhile."""
        with self._lock:
            if not self.is_told or generation != self.generation:
                return
            self._drop(address)
            self._pages[address] = (page, generation, min(now() + AT_MOST, next_midnight()))
            self._size += page.size
            while self._size > self._limit:
                self._drop(next(iter(self._pages)))

    def drop(self, address: Address) -> None:
        """Forget a page that is not there any more, even for times of trouble."""
        with self._lock:
            self._drop(address)

    def _drop(self, address: Address) -> None:
        found = self._pages.pop(address, None)
        self._size -= found[0].size if found else 0

    def forget(self) -> None:
        """Something public has changed."""
        with self._lock:
            self.generation += 1
            self._values = {}

    def value(self, name: str, compute: Callable[[], ValueT]) -> ValueT:
        """Something small that many public pages show, computed once a generation and a day."""
        if not self.is_told or connection.in_atomic_block:  # what is not committed is nobody else's business
            return compute()
        generation = self.generation
        of, until, known = self._values.get(name, (-1, 0.0, None))
        if of == generation and now() < until:
            kept: ValueT = known
            return kept
        until = min(now() + AT_MOST, next_midnight())
        computed = compute()
        with self._lock:
            self._values[name] = (generation, until, computed)
            while len(self._values) > MOST_VALUES:
                del self._values[next(iter(self._values))]
        return computed


def next_midnight() -> float:
    """When the day ends in Brussels: a page may say what is open today."""
    here = timezone.get_default_timezone()
    tomorrow = timezone.localdate(timezone=here) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, here).timestamp()


def remark() -> str:
    """What a watchdog is told."""
    is_deaf = MEMORY.is_used and not MEMORY.is_told
    return "pages are made anew for each reader: the page cache hears nothing from the database" if is_deaf else ""


MEMORY = Memory(settings.PAGE_CACHE_BYTES)
