"""A second step at signing in for whoever can change what others see or who gets in: an app or a passkey."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from home.access import is_member
from members.models import User

ADMIN = "/admin/"
OPEN_IN_ADMIN = {"wagtailadmin_logout", "cms_login"}
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user: Any) -> bool:
    """Tell whether this person needs a second step and has not set one up; recovery codes alone are none."""
    if not settings.SECOND_FACTOR_REQUIRED or not is_member(user) or not (user.is_delegate or user.is_editor):
        return False
    if not hasattr(user, "has_second_factor"):
        user = with_second_factor(User.objects.all()).get(pk=user.pk)
    return not user.has_second_factor


def with_second_factor(people: Any) -> Any:
    """With ``has_second_factor``: whether an app or a passkey is set up."""
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return people.annotate(has_second_factor=Exists(own))


def lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to where one sets up a second step, and say why."""
    list(messages.get_messages(request))  # said once, however often one tries
    messages.warning(
        request,
        _("Your role needs a second step at signing in. Set up an app or a passkey here: then everything opens."),
    )
    return redirect("mfa_index")


class SecondFactorMiddleware:
    """Stands in front of the member area and the CMS; the pages about one's own sign-in stay open.

    Pages of the member area in Wagtail's tree have the same guard as a hook (``members.wagtail_hooks``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done once its view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop whoever has no second step yet; public pages are not looked at, so that they stay without a session."""
        match = request.resolver_match
        is_admin = request.path.startswith(ADMIN) and (match is None or match.view_name not in OPEN_IN_ADMIN)
        if not (is_admin or getattr(view, "is_member_only", False)) or not lacks_second_factor(request.user):
            return None
        return lead_to_second_factor(request)
