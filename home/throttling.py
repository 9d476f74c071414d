"""Limits on how often one person, or one address, may use a form."""

from functools import cache

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from home import shared_store

ALONE = "memory://"


@cache
def _limiter(storage: str) -> MovingWindowRateLimiter:
    options = {} if storage == ALONE else shared_store.CONNECTION
    return MovingWindowRateLimiter(storage_from_string(storage, **options))


def is_within_limit(request: HttpRequest, name: str, rate: str, *, per_address: bool = False) -> bool:
    """Count one use of ``name`` by this client; false once it used it more often than ``rate`` allows.

    People who signed in count for themselves, wherever they are: an association shares one address. Public forms
    count ``per_address``, so that nobody looks who is there. While Redis does not answer,
    each process counts for itself.
    """
    item, client = parse(rate), _client(request, per_address)
    return shared_store.watch.either(
        lambda: _limiter(settings.RATE_LIMIT_STORAGE).hit(item, name, client),
        lambda: _limiter(ALONE).hit(item, name, client),
    )


def _client(request: HttpRequest, per_address: bool) -> str:
    if not per_address and request.user.is_authenticated:
        return f"person {request.user.pk}"
    return str(get_adapter(request).get_client_ip(request))
