"""The first page of the member area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.access import member_required
from members.dashboard import sections_for


@member_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """What is new for this person."""
    return render(request, "members/dashboard.html", {"sections": sections_for(request.user)})
