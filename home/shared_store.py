"""Redis, in which several processes count and remember together, and what happens while it does not answer.

Each process then counts and remembers for itself: nobody waits, nothing fails, and limits hold per process. It says so
in the log, once, and to whoever asks /health, and asks Redis again every other second.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

ASK_AGAIN = 2.0  # seconds
# A request must not wait for a Redis that is gone; one more try, for Redis may have been started again meanwhile.
CONNECTION: dict[str, Any] = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
    "retry": Retry(NoBackoff(), 1),
}
ONE_KEY = ("add", "get", "set", "touch", "delete", "has_key", "incr")
SEVERAL_KEYS = ("get_many", "set_many", "delete_many")
READING = {"get", "has_key", "get_many"}

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Watch:
    """Whether Redis answers, as this process last saw it."""

    def __init__(self) -> None:
        self.is_away = False
        self._asked_again_at = 0.0
        self._lock = threading.Lock()

    def either(self, together: Callable[[], T], alone: Callable[[], T]) -> T:
        """Do it in Redis; where that does not answer, do it in this process alone."""
        if self.is_away and not self._is_my_turn():
            return alone()
        try:
            result = together()
        except RedisError as error:
            self._leave(error)
            return alone()
        self._return()
        return result

    def _is_my_turn(self) -> bool:
        """Let one request at a time find out whether Redis is back."""
        with self._lock:
            if time.monotonic() < self._asked_again_at:
                return False
            self._asked_again_at = time.monotonic() + ASK_AGAIN
            return True

    def _leave(self, error: RedisError) -> None:
        with self._lock:
            was_away, self.is_away = self.is_away, True
            self._asked_again_at = time.monotonic() + ASK_AGAIN
        if not was_away:
            logger.error("Redis does not answer (%s): this process counts for itself meanwhile.", type(error).__name__)

    def _return(self) -> None:
        if not self.is_away:
            return
        with self._lock:
            was_away, self.is_away = self.is_away, False
        if was_away:
            logger.warning("Redis answers again: the processes count together.")


watch = Watch()


class SharedCache(RedisCache):
    """Django's cache in Redis, or in this process alone while Redis does not answer.

    What is changed meanwhile is out of date in Redis, where it is forgotten before this process reads anything again.
    """

    changed: ClassVar[set[str]] = set()  # while Redis was away, by any thread of this process

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.alone = LocMemCache("alone", params)

    def clear(self) -> None:
        """Forget everything."""
        self.alone.clear()
        watch.either(lambda: super(SharedCache, self).clear(), lambda: None)

    def do(self, name: str, keys: list[Any], *args: Any, version: int | None = None, **kwargs: Any) -> Any:
        """Call one of Django's methods in Redis, else in this process."""

        def together() -> Any:
            self._forget_changed()
            return getattr(RedisCache, name)(self, *args, version=version, **kwargs)

        def alone() -> Any:
            if name not in READING:
                self.changed.update(self.make_key(key, version) for key in keys)
            return getattr(self.alone, name)(*args, version=version, **kwargs)

        return watch.either(together, alone)

    def _forget_changed(self) -> None:
        if self.changed:
            changed = list(self.changed)
            self._cache.delete_many(changed)  # type: ignore[attr-defined]  # Django's client of Redis
            self.changed.difference_update(changed)
            self.alone.clear()


def _shared(name: str) -> Callable[..., Any]:
    def call(self: SharedCache, key: Any, *args: Any, **kwargs: Any) -> Any:
        return self.do(name, [key] if name in ONE_KEY else list(key), key, *args, **kwargs)

    return call


for _name in ONE_KEY + SEVERAL_KEYS:
    setattr(SharedCache, _name, _shared(_name))


def remark() -> str:
    """What /health says while Redis is away; asking it is how one learns that it is back."""
    cache.has_key("health")
    return "Redis does not answer: each process counts for itself" if watch.is_away else ""
