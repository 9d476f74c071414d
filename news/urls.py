"""Addresses of news and working groups."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.letter_question import letter_question
from news.letters.stops import STOP
from news.letters.views import my_letters
from news.views import calendars, comments, feeds, group_people, groups, joining, meetings, pictures, reading

app_name = "news"
urlpatterns = [
    path(_("news/feed.xml"), feeds.NewsFeed(), name="feed"),
    path(_("members/groups/"), groups.group_list, name="groups"),
    path(_("members/groups/<slug:slug>/"), groups.group, name="group"),
    path(_("members/groups/<slug:slug>/meetings/"), groups.past_meetings, name="past_meetings"),
    # Articles stand beside “people”, so that everything about people is below it.
    path(_("members/groups/<slug:slug>/people/"), group_people.people, name="group_people"),
    path(_("members/groups/<slug:slug>/people/join/"), joining.join, name="join_group"),
    path(_("members/groups/<slug:slug>/people/leave/"), joining.leave, name="leave_group"),
    path(_("members/groups/<slug:slug>/people/invite/"), group_people.invite, name="invite_to_group"),
    path(_("members/groups/<slug:slug>/people/purpose/"), group_people.describe, name="describe_group"),
    path(_("members/groups/<slug:slug>/people/<int:pk>/remove/"), group_people.remove, name="remove_from_group"),
    path(_("members/groups/invitations/<int:pk>/"), joining.proposal, name="proposal"),
    path(_("members/groups/invitations/<int:pk>/answer/"), joining.answer_proposal, name="answer_proposal"),
    path(_("members/groups/invitations/<int:pk>/withdraw/"), joining.withdraw_proposal, name="withdraw_proposal"),
    path(_("members/groups/meetings/<int:pk>/"), meetings.meeting, name="meeting"),
    path(_("members/groups/meetings/<int:pk>/answer/"), meetings.answer_meeting, name="answer_meeting"),
    path(_("members/groups/meetings/<int:pk>/calendar.ics"), meetings.meeting_file, name="meeting_file"),
    path(_("members/groups-news/read/"), reading.read_all, name="read_all"),
    path(_("members/letters/"), my_letters, name="my_letters"),
    path(_("members/groups/articles/<int:pk>/comments/"), comments.write_comment, name="write_comment"),
    path(_("members/groups/articles/<int:pk>/comments/<int:answers>/"), comments.write_comment, name="answer_comment"),
    path(_("members/groups/articles/<int:pk>/letters/"), comments.choose_letters, name="choose_letters"),
    path(_("members/groups/articles/<int:pk>/colleagues/"), comments.colleagues, name="colleagues"),
    path(_("members/groups-comments/"), comments.comments_left, name="comments_left"),
    path(_("members/groups/comments/<int:pk>/"), comments.edit_comment, name="edit_comment"),
    path(_("members/groups/comments/<int:pk>/remove/"), comments.remove_comment, name="remove_comment"),
    path(_("members/groups/pictures/<uuid:key>/<int:width>.webp"), pictures.picture, name="picture"),
    path(_("members/calendar/"), calendars.calendars, name="calendars"),
    path(_("members/calendar/renew/"), calendars.renew, name="renew_calendars"),
    path(_("members/calendar/end/"), calendars.end, name="end_calendars"),
    # By a private address, without signing in: site/deploy/nginx.conf keeps what follows "private" out of its log.
    path("private/<str:token>/stop/", letter_question, {"question": STOP, "answer": "stop"}, name="stop_letters"),
    path("private/<str:token>/calendar.ics", calendars.own_calendar, name="own_calendar"),
    path("private/<str:token>/groups/<int:pk>/calendar.ics", calendars.group_calendar, name="group_calendar"),
    path("private/<str:token>/groups/<int:pk>/feed.xml", feeds.GroupFeed(), name="group_feed"),
    path(
        "private/<str:token>/conversation/",
        letter_question,
        {"question": STOP, "answer": "stop"},
        name="stop_conversation",
    ),
]
