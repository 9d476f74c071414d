"""Addresses of news and working groups."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.views import calendars, feeds, groups, meetings

app_name = "news"
urlpatterns = [
    path(_("news/feed.xml"), feeds.NewsFeed(), name="feed"),
    path(_("members/groups/"), groups.group_list, name="groups"),
    path(_("members/groups/<slug:slug>/"), groups.group, name="group"),
    path(_("members/groups/<slug:slug>/meetings/"), groups.past_meetings, name="past_meetings"),
    path(_("members/groups/meetings/<int:pk>/"), meetings.meeting, name="meeting"),
    path(_("members/groups/meetings/<int:pk>/answer/"), meetings.answer_meeting, name="answer_meeting"),
    path(_("members/groups/meetings/<int:pk>/calendar.ics"), meetings.meeting_file, name="meeting_file"),
    path(_("members/calendar/"), calendars.calendars, name="calendars"),
    path(_("members/calendar/renew/"), calendars.renew, name="renew_calendars"),
    path(_("members/calendar/end/"), calendars.end, name="end_calendars"),
    # By a private address, without signing in: site/deploy/nginx.conf keeps what follows "private" out of its log.
    path("private/<str:token>/calendar.ics", calendars.own_calendar, name="own_calendar"),
    path("private/<str:token>/groups/<int:pk>/calendar.ics", calendars.group_calendar, name="group_calendar"),
    path("private/<str:token>/groups/<int:pk>/feed.xml", feeds.GroupFeed(), name="group_feed"),
]
