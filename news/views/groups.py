"""Working groups: their list, and each one's page."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.access import member_required
from home.components import Pagination
from home.languages import LANGUAGES, Alternate, current_language, preferred_translations
from home.paging import UncountedPaginator
from home.trail import Step, member_trail
from members.permissions import can_coordinate
from news.components import GroupNewsList, MeetingList
from news.joining.people import Standing, coordinators_of, with_proposals
from news.models import GroupNewsPage, GroupPage, Meeting, WorkingGroup
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
    found = visible_group(request.user, slug)
    manages = can_coordinate(request.user, found)
    page = _articles(request, found)
    meetings = _meetings(request.user, found)
    context = {
        "group": found,
        "coordinators": coordinators_of(found),
        "standing": Standing.of(found),
        "manages": manages,
        "meetings": MeetingList([one for one in meetings if not one.is_over], with_group=False),
        "past_meetings": MeetingList([one for one in reversed(meetings) if one.is_over], with_group=False),
        "articles": GroupNewsList(page.object_list, with_group=False),
        "pagination": Pagination(page, request.GET),
        "folder": found.folder_id if manages else None,
        "alternates": alternates_of(found, "news:group"),
        "trail": member_trail(Step(_("Working groups"), reverse("news:groups"))),
    }
    return render(request, "news/group.html", context)


def _articles(request: HttpRequest, group: WorkingGroup) -> Page:
    """A page of what the group wrote, the newest first; 404 for a page that there is not."""
    articles = preferred_translations(GroupNewsPage.objects.visible_to(request.user).filter(group=group)).for_lists()
    try:
        paginator = UncountedPaginator(articles.marked_for(request.user), ARTICLES_PER_PAGE)
        return paginator.page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error


def _meetings(user: Any, group: WorkingGroup) -> list[Meeting]:
    """Every meeting to come and the last ones, in the order of time; one query."""
    meetings = group.meetings.with_answer_of(user)
    shown = meetings.upcoming().union(meetings.past()[:PAST_MEETINGS_SHOWN])
    return sorted(shown, key=lambda meeting: (meeting.starts_at, meeting.pk))


@member_required
def past_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Every meeting of a group that is over, the last one first; each leads to its minutes."""
    found = visible_group(request.user, slug)
    meetings = found.meetings.with_answer_of(request.user).past()
    page = Paginator(meetings, MEETINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found,
        "meetings": MeetingList(page.object_list, level=2, with_group=False),
        "pagination": Pagination(page, request.GET),
        "alternates": alternates_of(found, "news:past_meetings"),
        "trail": group_trail(found),
    }
    return render(request, "news/past_meetings.html", context)


def visible_group(user: Any, slug: str) -> Any:
    """The group with this slug in the active language, for whoever may see it, else a 404.

    It knows what the person is in it, what waits for an answer, and where one writes in the active language.
    """
    folders = GroupPage.objects.filter(group=OuterRef("pk"), locale__language_code=current_language())
    groups = WorkingGroup.objects.visible_to(user).with_slug(slug).with_standing_of(user)
    group = with_proposals(groups, user).annotate(folder_id=Subquery(folders.values("pk")[:1])).first()
    if group is None:
        raise Http404
    return group


def group_trail(group: WorkingGroup) -> list[Step]:
    """The steps above a page about a group."""
    return member_trail(Step(_("Working groups"), reverse("news:groups")), Step(group.name, group.get_absolute_url()))


def alternates_of(group: WorkingGroup, name: str, *keys: int) -> list[Alternate]:
    """The same page about a group in every language: its address holds the group's slug, and then these keys."""
    return [Alternate(language, _address(name, group, language, *keys)) for language in LANGUAGES]


def _address(name: str, group: WorkingGroup, language: str, *keys: int) -> str:
    with override(language):
        return reverse(name, args=[group.slug, *keys])
