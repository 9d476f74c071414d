"""When and from where each session was last seen, for the list of one's sessions."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SECONDS_BETWEEN_WRITES = 300
MOST_OF_USER_AGENT = UserSession._meta.get_field("user_agent").max_length


class SessionActivityMiddleware:
    """Notes the activity of people who signed in, at most once in five minutes.

    allauth's own middleware writes on every request; and it looks at the user on public pages too, which would keep
    them out of shared caches.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the activity after the answer is made, where the view asked who is there."""
        response = self.get_response(request)
        if response.status_code >= 500:  # the database may be away
            return response
        if request.session.session_key and request.session.accessed and request.user.is_authenticated:
            key = f"session-seen:{request.session.session_key}"
            if cache.add(key, True, SECONDS_BETWEEN_WRITES):
                _note(request)
        return response


def _note(request: HttpRequest) -> None:
    """In one query where the session is known; allauth asks six times."""
    seen = UserSession.objects.filter(session_key=request.session.session_key, user=request.user).update(
        ip=get_adapter(request).get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:MOST_OF_USER_AGENT],
        last_seen_at=timezone.now(),
    )
    if not seen:
        UserSession.objects.create_from_request(request)
