"""What of the CMS people see who are not editors: only what they write themselves.

Wagtail shows anyone in its admin the titles of every page (choosers, reports, usage, its API). A coordinator must not
learn the titles of another closed group, so everything is closed to them that is not named here.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from home.access import member_only_models, private_paths, public_pages
from home.keys import is_key

ADMIN = "/admin/"
OPEN = {
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_block_preview",
    "wagtailadmin_login",
    "wagtailadmin_explore_root",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:submit_page_translation",
    "wagtail_localize:update_translations",
    "wagtail_localize:edit_string_translation",
    "wagtail_localize:edit_override",
    "wagtail_localize:preview_translation",
    "wagtail_localize:stop_translation",
    "wagtail_localize:download_pofile",
    "wagtail_localize:upload_pofile",
    "editor_guide",
    "home_submit_translation",
    "home_update_translations",
    "home_chosen_record",
    *(
        f"wagtailadmin_pages:{name}"
        for name in (
            "add",
            "add_subpage",
            "edit",
            "delete",
            "unpublish",
            "preview_on_add",
            "preview_on_edit",
            "view_draft",
            "history",
            "history_results",
            "search",
            "search_results",
            "revisions_index",
            "revisions_view",
            "revisions_revert",
            "revisions_unschedule",
            "revisions_compare",
            "workflow_action",
            "collect_workflow_action_data",
            "confirm_workflow_cancellation",
            "workflow_preview",
            "workflow_history",
            "workflow_history_detail",
        )
    ),
}
# What nobody uses here: aliases show a text under the other language's address, privacy rows leak, and documents
# would be public files.
CLOSED = {
    "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_collections:set_privacy",
    "wagtail_localize:convert_to_alias",
    "wagtail_localize:machine_translate",
}
CLOSED_SPACES = {"wagtaildocs", "wagtaildocs_chooser"}
CLOSED_API = {"documents"}
BULK_ACTIONS = {"publish", "unpublish", "delete"}
PAGE_NAMES = ("page_id", "parent_page_id", "parent_id")


class BackOfficeMiddleware:
    """Stands in front of every view of the CMS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop what is closed, and let a write happen whole or not at all."""
        if not request.path.startswith(ADMIN) or not request.user.is_authenticated:
            return None
        # Wagtail reads here, once a request, below which pages to show "Private" instead of "Visible to all".
        request.all_page_view_restriction_paths = private_paths()  # type: ignore[attr-defined]
        if is_closed(request.resolver_match):
            raise PermissionDenied
        if not request.user.is_editor:
            guard(request, view, kwargs)
        if request.method != "POST":
            return None
        with transaction.atomic():
            response: HttpResponse = view(request, *args, **kwargs)
        return response


def is_closed(match: Any) -> bool:
    """Tell whether nobody may use this part of the CMS."""
    spaces = set(match.namespaces)
    return (
        match.view_name in CLOSED
        or bool(spaces & CLOSED_SPACES)
        or ("wagtailadmin_api" in spaces and bool(spaces & CLOSED_API))
    )


def guard(request: HttpRequest, view: Any, kwargs: dict[str, Any]) -> None:
    """Stop somebody who is not an editor from what is not theirs."""
    match = request.resolver_match
    is_open = match is not None and match.view_name in OPEN
    if not (is_open or getattr(view, "is_scoped", False) or is_bulk_of_own_pages(request, kwargs)):
        raise PermissionDenied
    for name in PAGE_NAMES:
        if name in kwargs and not may_know(Page.objects.filter(pk=kwargs[name]).first(), request.user):
            raise PermissionDenied


def is_bulk_of_own_pages(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Tell whether this does something to several pages at once, all of which the person may edit."""
    if kwargs.get("model_name") != "page" or kwargs.get("action") not in BULK_ACTIONS:
        return False
    keys = request.GET.getlist("id")
    pages = Page.objects.filter(pk__in=[key for key in keys if is_key(key)])
    return len(pages) == len(keys) and all(page.permissions_for_user(request.user).permissions for page in pages)


def may_know(page: Page | None, user: Any) -> bool:
    """Tell whether a person may learn that this page is there: it leads to what they write, or they may read it."""
    if page is None:
        return False
    if page.is_root() or page.permissions_for_user(user).permissions:
        return True
    return knowable(Page.objects.filter(pk=page.pk), user).exists()


def knowable(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Those of these pages that a person may read."""
    allowed = Q(pk__in=public_pages().values("pk"))
    for model in member_only_models():
        allowed |= Q(pk__in=model.objects.visible_to(user).values("pk"))
    return pages.filter(allowed)
