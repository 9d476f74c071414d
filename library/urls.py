"""Addresses of the library."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.letter_question import letter_question
from library.trust.question import STILL_RIGHT
from library.views import (
    editing,
    files,
    give,
    minutes,
    public,
    requests,
    search,
    selection,
    tools,
    usage,
    versions,
)

app_name = "library"
urlpatterns = [
    path(_("members/library/"), search.tool_list, name="tools"),
    path(_("members/saved-searches/"), search.saved_searches, name="saved_searches"),
    path(_("members/saved-searches/save/"), search.keep_search, name="keep_search"),
    path(_("members/saved-searches/<int:pk>/delete/"), search.delete_search, name="delete_search"),
    path(_("members/library/<slug:slug>/"), tools.tool, name="tool"),
    path(_("members/library/<slug:slug>/edit/"), editing.edit, name="edit"),
    path(_("members/library/<slug:slug>/new-version/"), editing.add_version, name="add_version"),
    path(_("members/library/<slug:slug>/compare/<int:older>/<int:newer>/"), versions.compare, name="compare"),
    path(_("members/library/<slug:slug>/dublin-core.xml"), versions.metadata, name="metadata"),
    path(_("members/t/<int:pk>/"), versions.permanent, name="permanent"),
    path(_("members/side-by-side/"), requests.types, name="types"),
    path(_("members/side-by-side/<slug:slug>/"), requests.side_by_side, name="side_by_side"),
    path(_("members/side-by-side/<slug:slug>/ask/<slug:association>/"), requests.ask, name="ask"),
    path(_("members/groups/meetings/<int:pk>/minutes/"), minutes.minutes, name="minutes"),
    path(_("members/requests/"), requests.requests, name="requests"),
    path(_("members/requests/<int:pk>/"), requests.answer, name="answer"),
    path(_("members/requests/<int:pk>/give/"), requests.give, name="answer_give"),
    path(_("members/requests/<int:pk>/none/"), requests.have_none, name="answer_none"),
    path(_("members/requests/<int:pk>/close/"), requests.close, name="answer_close"),
    path(_("members/selection/"), selection.selection, name="selection"),
    path(_("members/selection/change/"), selection.select, name="select"),
    path(_("members/selection/file/"), selection.selection_file, name="selection_file"),
    path(_("members/usage/"), usage.usage, name="usage"),
    path(_("members/usage/table.csv"), usage.usage_csv, name="usage_csv"),
    path(_("members/usage/everything/<slug:slug>/"), selection.export, name="export"),
    path(_("review/<str:token>/<slug:answer>/"), letter_question, {"question": STILL_RIGHT}, name="review"),
    path(_("tools/"), public.public_tools, name="public_tools"),
    path(_("tools/<slug:slug>/"), public.public_tool, name="public_tool"),
    path(_("tools/<slug:slug>/dublin-core.xml"), public.public_metadata, name="public_metadata"),
    path(_("members/give/"), give.upload, name="upload"),
    path(_("members/give/drafts/"), give.drafts, name="drafts"),
    path(_("members/give/drafts/<uuid:pk>/"), give.save_draft, name="save_draft"),
    path(_("members/give/given/"), give.given, name="given"),
    path(_("members/give/names/"), editing.tool_names, name="tool_names"),
    path(_("members/library/<slug:slug>/file/"), files.newest, name="file"),
    path(_("members/library/<slug:slug>/<int:number>/file/"), files.download, name="download"),
    path(_("members/library/<slug:slug>/<int:number>/page/<int:page>/"), files.preview, name="preview"),
    path(_("tools/<slug:slug>/file/"), files.public, name="public_file"),
]
