"""Choosing the minutes of a meeting among the tools of its group."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from home.access import member_required
from home.trail import Step, member_trail
from library.minutes.forms import MinutesForm
from members.permissions import can_coordinate
from news.models import Meeting


@member_required
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick the tools that are the minutes of a meeting that began; for who coordinates its group."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("group"), pk=pk)
    if not meeting.has_started or not can_coordinate(request.user, meeting.group):
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = MinutesForm(typed, meeting=meeting, user=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("The minutes are saved."))
        return redirect(meeting.get_absolute_url())
    trail = member_trail(
        Step(_("Working groups"), reverse("news:groups")), Step(meeting.title, meeting.get_absolute_url())
    )
    context = {"form": form, "meeting": meeting, "trail": trail}
    return render(request, "library/minutes.html", context, status=422 if form.is_bound else 200)
