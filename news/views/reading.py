"""Putting an end to what is new."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from news.reading import mark_all_read


@require_POST
@member_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark the articles of every group as read."""
    mark_all_read(request.user)
    messages.success(request, _("Nothing is marked as new any more."))
    return redirect("news:groups")
