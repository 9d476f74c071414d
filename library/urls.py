"""Addresses of the library."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from library.views import files, tools

app_name = "library"
urlpatterns = [
    path(_("members/library/"), tools.tool_list, name="tools"),
    path(_("members/library/<slug:slug>/"), tools.tool, name="tool"),
    path(_("members/library/<slug:slug>/<int:number>/file/"), files.download, name="download"),
]
