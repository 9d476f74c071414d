"""Working groups: their list, and each one's page."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.access import member_required
from home.components import Pagination
from home.languages import LANGUAGES, Alternate, current_language, preferred_translations
from home.trail import Step, member_trail
from members.permissions import can_coordinate
from news.components import GroupNewsList, MeetingList
from news.models import GroupNewsPage, GroupPage, WorkingGroup
from news.reading import unread_numbers

ARTICLES_PER_PAGE = 10
MEETINGS_PER_PAGE = 20
PAST_MEETINGS_SHOWN = 5


@member_required
def group_list(request: HttpRequest) -> HttpResponse:
    """Every group that this person may see, the own ones marked."""
    groups, unread = WorkingGroup.objects.visible_to(request.user), unread_numbers(request.user)
    listed = [(group, unread.get(group.pk, 0)) for group in groups.for_lists(request.user)]
    context = {"groups": listed, "has_unread": bool(unread), "trail": member_trail()}
    return render(request, "news/groups.html", context)


@member_required
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group is for, who coordinates it, when it meets, what it wrote."""
    found = _visible_group(request.user, slug)
    articles = preferred_translations(GroupNewsPage.objects.visible_to(request.user).filter(group=found)).for_lists()
    page = Paginator(articles.marked_for(request.user), ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    meetings = found.meetings.with_answer_of(request.user)
    context = {
        "group": found,
        "coordinators": found.coordinators.filter(is_active=True).select_related("association", "job_function"),
        "meetings": MeetingList(list(meetings.upcoming()), with_group=False),
        "past_meetings": MeetingList(list(meetings.past()[:PAST_MEETINGS_SHOWN]), with_group=False),
        "articles": GroupNewsList(page.object_list, with_group=False),
        "pagination": Pagination(page, request.GET),
        "folder": _folder_to_write_in(request.user, found),
        "alternates": [Alternate(language, found.get_absolute_url(language)) for language in LANGUAGES],
        "trail": member_trail(Step(_("Working groups"), reverse("news:groups"))),
    }
    return render(request, "news/group.html", context)


@member_required
def past_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Every meeting of a group that is over, the last one first; each leads to its minutes."""
    found = _visible_group(request.user, slug)
    meetings = found.meetings.with_answer_of(request.user).past()
    page = Paginator(meetings, MEETINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found,
        "meetings": MeetingList(page.object_list, level=2, with_group=False),
        "pagination": Pagination(page, request.GET),
        "alternates": [Alternate(language, _past_meetings_url(found, language)) for language in LANGUAGES],
        "trail": member_trail(
            Step(_("Working groups"), reverse("news:groups")), Step(found.name, found.get_absolute_url())
        ),
    }
    return render(request, "news/past_meetings.html", context)


def _past_meetings_url(group: WorkingGroup, language: str) -> str:
    with override(language):
        return reverse("news:past_meetings", args=[group.slug])


def _visible_group(user: Any, slug: str) -> WorkingGroup:
    """The group with this slug in the active language; closed groups do not exist for others."""
    group = WorkingGroup.objects.visible_to(user).with_slug(slug).first()
    if group is None:
        raise Http404
    return group


def _folder_to_write_in(user: Any, group: WorkingGroup) -> GroupPage | None:
    """Where whoever coordinates the group adds an article in the active language."""
    if not can_coordinate(user, group):
        return None
    return group.pages.filter(locale__language_code=current_language()).first()
