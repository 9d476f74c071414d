"""Calendars that programs read by a private address, and the page where one makes and ends that address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from home.access import member_required
from home.trail import member_trail
from news.meetings.calendar import calendar_of
from news.meetings.keys import end_key, renew_key
from news.models import FeedKey, Meeting, WorkingGroup
from news.views.meetings import calendar_response


@member_required
def calendars(request: HttpRequest) -> HttpResponse:
    """One's private addresses: of one's own calendar, and of each group's calendar and news."""
    key = FeedKey.objects.visible_to(request.user).first()
    own = request.build_absolute_uri(key.get_absolute_url()) if key else ""
    context = {
        "key": key,
        "own_calendar": own,
        "subscribe": own.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1),  # opens a calendar program
        "groups": WorkingGroup.objects.open_or_joined_by(request.user).for_lists(request.user) if key else [],
        "trail": member_trail(),
    }
    return render(request, "news/calendars.html", context)


@require_POST
@member_required
def renew(request: HttpRequest) -> HttpResponse:
    """Make the private addresses, or make them anew."""
    had_one = FeedKey.objects.visible_to(request.user).exists()
    renew_key(by=request.user)
    ended = _("Your private addresses are new. The ones before no longer work.")
    messages.success(request, ended if had_one else _("Your private addresses are ready."))
    return redirect("news:calendars")


@require_POST
@member_required
def end(request: HttpRequest) -> HttpResponse:
    """End the private addresses."""
    end_key(by=request.user)
    messages.success(request, _("Your private addresses no longer work."))
    return redirect("news:calendars")


@never_cache
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of the owner of this address."""
    owner = owner_of(token)
    meetings = Meeting.objects.in_calendar_of(owner).in_calendars()
    return calendar_response(calendar_of(meetings, _("My meetings – Alliance Otonom")), "alliance-otonom.ics")


@never_cache
def group_calendar(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The meetings of a group that is open, or the owner's own."""
    group = get_object_or_404(WorkingGroup.objects.open_or_joined_by(owner_of(token)), pk=pk)
    return calendar_response(calendar_of(group.meetings.in_calendars(), group.name), f"{group.slug}.ics")


def owner_of(token: str) -> Any:
    """Whose address this is; it opens nothing once the account ended."""
    return get_object_or_404(FeedKey.objects.working().select_related("owner"), token=token).owner
