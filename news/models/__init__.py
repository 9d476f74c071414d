"""The models of news and working groups."""

from news.models.attendance import Attendance
from news.models.feed_key import FeedKey
from news.models.group_pages import GroupIndexPage, GroupNewsPage, GroupPage, MemberAreaPage
from news.models.meeting import Meeting
from news.models.news_page import NewsIndexPage, NewsPage
from news.models.working_group import WorkingGroup

__all__ = [
    "Attendance",
    "FeedKey",
    "GroupIndexPage",
    "GroupNewsPage",
    "GroupPage",
    "Meeting",
    "MemberAreaPage",
    "NewsIndexPage",
    "NewsPage",
    "WorkingGroup",
]
