"""The menu of the member area."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from members.permissions import can_use_cms


@dataclass(frozen=True)
class MemberLink:
    """One link of the member area."""

    title: str
    url: str
    is_current: bool = False


def member_links(request: HttpRequest) -> list[MemberLink]:
    """What this person can reach, most used first."""
    user: Any = request.user
    home = reverse("members:dashboard")
    found = [
        (_("Dashboard"), home),
        (_("Library"), reverse("library:tools")),
        (_("Counterparts"), reverse("members:counterparts")),
        (_("Groups"), reverse("news:groups")),
        (_("My profile"), reverse("members:profile")),
    ]
    if user.is_authenticated and (user.is_delegate or user.is_editor):
        found.append((_("Invitations"), reverse("members:invitations")))
        found.append((_("Accounts"), reverse("members:accounts")))
    if can_use_cms(user):
        found.append((_("Write and publish"), reverse("wagtailadmin_home")))
    found.append((_("Sign out"), reverse("account_logout")))
    return [MemberLink(title, url, _is_current(request, url, home)) for title, url in found]


def _is_current(request: HttpRequest, url: str, home: str) -> bool:
    place = request.resolver_match
    if place and place.app_name == "library":  # its pages have addresses of their own
        return url == reverse("library:tools")
    return request.path == url or (url != home and request.path.startswith(url))
