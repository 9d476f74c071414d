"""Limits on how often one person, or one address, may use a form."""

import logging
from functools import cache

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from limits import parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

logger = logging.getLogger(__name__)


@cache
def _limiter(storage: str) -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(storage_from_string(storage, wrap_exceptions=True))


def is_within_limit(request: HttpRequest, name: str, rate: str, *, per_address: bool = False) -> bool:
    """Count one use of ``name`` by this client; false once it used it more often than ``rate`` allows.

    People who signed in count for themselves, wherever they are: an association shares one address. Public forms
    count ``per_address``, so that nobody looks who is there. A store that does not answer lets everyone pass: a broken
    counter must not silence the people who write.
    """
    client = _client(request, per_address)
    try:
        return _limiter(settings.RATE_LIMIT_STORAGE).hit(parse(rate), name, client)
    except StorageError:
        logger.exception("The store of the rate limits does not answer.")
        return True


def _client(request: HttpRequest, per_address: bool) -> str:
    if not per_address and request.user.is_authenticated:
        return f"person {request.user.pk}"
    return str(get_adapter(request).get_client_ip(request))
