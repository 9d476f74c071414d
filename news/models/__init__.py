"""The models of news and working groups."""

from news.models.attendance import Attendance
from news.models.comment import Comment, MutedThread
from news.models.digest import Digest, LetterChoice
from news.models.feed_key import FeedKey
from news.models.group_pages import GroupIndexPage, GroupNewsPage, GroupPage, MemberAreaPage
from news.models.group_picture import GroupPicture
from news.models.meeting import Meeting
from news.models.membership_proposal import MembershipProposal
from news.models.news_page import NewsIndexPage, NewsPage
from news.models.seen import Seen
from news.models.working_group import WorkingGroup

__all__ = [
    "Attendance",
    "Comment",
    "Digest",
    "FeedKey",
    "GroupIndexPage",
    "GroupNewsPage",
    "GroupPage",
    "GroupPicture",
    "LetterChoice",
    "Meeting",
    "MemberAreaPage",
    "MembershipProposal",
    "MutedThread",
    "NewsIndexPage",
    "NewsPage",
    "Seen",
    "WorkingGroup",
]
