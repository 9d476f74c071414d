"""The page of a meeting: when, where, what about, who comes; and one's own answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.languages import current_language
from home.trail import Step, member_trail
from members.permissions import can_coordinate
from news.meetings.attendance import Coming, answer
from news.meetings.calendar import calendar_of
from news.meetings.parts import parts_of
from news.models import Meeting
from news.reading import note_visit

ANSWERS = {"yes": True, "no": False}


@member_required
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting of a group that this person may see."""
    found = _visible_meeting(request.user, pk)
    note_visit(request, found.key)
    coordinates = can_coordinate(request.user, found.group)
    context = {
        "meeting": found,
        "coming": Coming.to(found, request.user, with_all_names=coordinates),
        "coordinates": coordinates,
        "parts": parts_of(found, request.user, coordinates),
        "trail": member_trail(
            Step(_("Working groups"), reverse("news:groups")), Step(found.group.name, found.group.get_absolute_url())
        ),
    }
    return render(request, "news/meeting.html", context)


@require_POST
@member_required
def answer_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whether the person comes."""
    found = _visible_meeting(request.user, pk)
    said = ANSWERS.get(request.POST.get("answer", ""))
    if said is None:
        raise Http404
    try:
        answer(meeting=found, by=request.user, is_coming=said, language=current_language())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("Noted: you come.") if said else _("Noted: you do not come."))
    return redirect(found.get_absolute_url())


@member_required
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting for one's own calendar program."""
    found = _visible_meeting(request.user, pk)
    return calendar_response(calendar_of([found]), f"{found.starts_on:%Y-%m-%d}-{found.group.slug}.ics")


def calendar_response(content: bytes, name: str) -> HttpResponse:
    """A calendar file with its name."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=disposition)


def _visible_meeting(user: Any, pk: int) -> Meeting:
    """The meeting with one's own answer; those of closed groups do not exist for others."""
    meetings = Meeting.objects.visible_to(user).with_answer_of(user).select_related("group")
    return get_object_or_404(meetings, pk=pk)
