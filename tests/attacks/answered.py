"""What no answer may do, whatever was asked: lead away, or take what was typed for a header."""

import email
import email.policy
import re

from django.core import mail
from django.http import HttpResponse

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
OURS = re.compile(r"https?://testserver([/?#]|$)")


def leads_away(response: HttpResponse) -> bool:
    """Tell whether a browser would leave the site; it takes backslashes for slashes, and drops tabs."""
    to = response.headers.get("Location", "").strip().replace("\\", "/").replace("\t", "")
    return to.startswith("//") or (bool(SCHEME.match(to)) and not OURS.match(to))


def check_letters() -> None:
    """No letter has a header or a reader that somebody typed after a new line."""
    for letter in mail.outbox:
        read = email.message_from_bytes(letter.message().as_bytes(), policy=email.policy.default)
        assert read["Bcc"] is None
        assert read["X-Evil"] is None
        assert "evil@example.org" not in letter.recipients()
