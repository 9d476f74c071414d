"""What somebody typed into a form that could not be saved, so that it can be shown and sent again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

from home.contact_form import is_from_elsewhere

UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, OSError)  # too much, half of it, or a full disk
MOST_CHARACTERS = 1_000_000  # of all fields; Wagtail's editor sends a long page whole
MOST_FIELDS = 2_000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of a field
SECRET = re.compile(r"(?i)(?:^|[-_])(?:(?:old|new)?_?password\d?|secret|token|code|otp|pin|credential)(?:$|[-_])")
# What a form says to the server and nobody wrote: numbers, keys, ticks, and how Wagtail's editor writes texts down.
TECHNICAL = re.compile(r"\d*|on|[0-9a-f-]{32,36}|[\[{].*", re.DOTALL)
TECHNICAL_NAMES = re.compile(r"next|action|.*_FORMS|.*-(?:type|id|order|deleted)")


@dataclass
class Typed:
    """A form as it was sent, without what is secret and without files, which no page can give back."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)  # a field's name, and what its files were called
    token: str = ""

    @classmethod
    def in_request(cls, request: HttpRequest) -> Self | None:
        """What the form held; None where it cannot be read any more, is too long, or another site sent it."""
        try:
            sent = [(name, value) for name, values in request.POST.lists() for value in values]
            files = [(name, ", ".join(str(one.name) for one in found)) for name, found in request.FILES.lists()]
        except UNREADABLE:
            return None
        length = sum(len(name) + len(value) for name, value in sent)
        is_kept = (sent or files) and length <= MOST_CHARACTERS and len(sent) <= MOST_FIELDS
        if not is_kept or is_from_elsewhere(request) or _declared_secret(request) == "__ALL__":
            return None
        hidden = {name for name, _value in sent if _is_secret(request, name)}
        return cls(
            [(name, value) for name, value in sent if name not in hidden and name != TOKEN],
            sorted(hidden),
            files,
            _fresh_token(request),
        )

    @property
    def texts(self) -> list[str]:
        """What a person wrote, to be read and copied."""
        return [
            value
            for name, value in self.fields
            if value.strip() and not TECHNICAL_NAMES.fullmatch(name) and not TECHNICAL.fullmatch(value.strip())
        ]


def _is_secret(request: HttpRequest, name: str) -> bool:
    """Tell whether this is a password or a code, or what a view keeps out of every report."""
    return name != TOKEN and (name in _declared_secret(request) or bool(SECRET.search(name)))


def _declared_secret(request: HttpRequest) -> Sequence[str]:
    """What Django's decorator ``sensitive_post_parameters`` left on the request; "__ALL__" is everything."""
    return getattr(request, "sensitive_post_parameters", ())


def _fresh_token(request: HttpRequest) -> str:
    """The token against forged forms, for a form that had a right one; a public form has none, nor a cookie."""
    return get_token(request) if TOKEN in request.POST and getattr(request, "csrf_processing_done", False) else ""
