"""What working groups add to the dashboard."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from laces.components import Component

from home.languages import preferred_translations
from home.trail import Step
from members.dashboard import DashboardSection
from news.components import GroupNewsList, MeetingList
from news.models import GroupNewsPage, Meeting

SHOWN = 4


def latest_group_news(user: Any) -> Component:
    """The newest articles that this person may read, each once."""
    articles = list(
        preferred_translations(GroupNewsPage.objects.visible_to(user)).for_lists().marked_for(user)[:SHOWN]
    )
    return DashboardSection(
        title=_("News of the working groups"),
        body=GroupNewsList(articles),
        is_empty=not articles,
        nothing=_("No working group has written anything yet."),
        more=Step(_("All working groups"), reverse("news:groups")),
    )


def next_meetings(user: Any) -> Component:
    """The next meetings of the groups that this person may see."""
    meetings = list(Meeting.objects.visible_to(user).with_answer_of(user).upcoming().select_related("group")[:SHOWN])
    return DashboardSection(
        title=_("Next meetings"),
        body=MeetingList(meetings),
        is_empty=not meetings,
        nothing=_("No meeting is planned."),
        more=Step(_("All working groups"), reverse("news:groups")),
    )
