"""Addresses of news and working groups."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from news.views import feeds, groups

app_name = "news"
urlpatterns = [
    path(_("news/feed.xml"), feeds.NewsFeed(), name="feed"),
    path(_("members/groups/"), groups.group_list, name="groups"),
    path(_("members/groups/<slug:slug>/"), groups.group, name="group"),
]
