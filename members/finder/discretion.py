"""Keeps what people type out of reports of errors."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

View = Callable[[HttpRequest], HttpResponse]
# What no browser sends, too much of it, or half of it: not our failure, so that nobody fills the log with it.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError)


class FinderFailure(Exception):
    """Something failed; it has the kind and the place of the first error, but not its message."""


def discreet(view: View) -> View:
    """Let a view fail without its words: neither the message of the error, nor a variable, nor the form is told.

    Many an error names what it stumbled over, as a ``KeyError`` does, and would carry it into the log.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Http404:
            raise
        except UNREADABLE:
            return HttpResponseBadRequest()
        except Exception as error:
            raise FinderFailure(type(error).__name__).with_traceback(error.__traceback__) from None

    private: View = sensitive_post_parameters()(sensitive_variables()(guarded))
    private.is_discreet = True  # type: ignore[attr-defined]  # home/outage/middleware.py asks
    return private
