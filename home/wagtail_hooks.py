"""Hooks into Wagtail: the guard in front of every page, and the menus of the CMS."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from home import translation_views
from home.access import guard_page, is_editor
from home.back_office import knowable
from home.choosers import chosen_record
from home.guide import editor_guide
from home.messages_viewset import MessageViewSet
from home.page_links import PageLinkHandler
from home.translation import live_translations

# Reports, pictures and pages of everybody are for editors; documents would be public files, which nobody needs.
FOR_NOBODY = {"documents", "help"}
FOR_EDITORS = {"explorer", "images", "reports", "settings"}

register_snippet(MessageViewSet)


@hooks.register("before_serve_page")
def stop_unless_visible(page: Page, request: HttpRequest, *args: Any) -> HttpResponse | None:
    """Let nobody read a page that ``visible_to`` would not give them."""
    return guard_page(page, request)


@hooks.register("construct_main_menu")
def keep_what_one_uses(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out of the menu what this person cannot use."""
    hidden = FOR_NOBODY if is_editor(request.user) else FOR_NOBODY | FOR_EDITORS
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("construct_page_chooser_queryset")
def choose_only_what_one_may_read(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Offer as the target of a link only what its author may read."""
    return pages if is_editor(request.user) else knowable(pages, request.user)


@hooks.register("register_rich_text_features", order=1)
def read_page_links_at_once(features: FeatureRegistry) -> None:
    """In place of Wagtail's own links to pages, which ask anew for each text."""
    features.register_link_type(PageLinkHandler)


@hooks.register("register_admin_urls", order=-1)
def urls() -> list[Any]:
    """The guide, what is to translate, and our way of translating in place of the package's."""
    return [
        path("guide/", editor_guide, name="editor_guide"),
        path("translations/", translation_views.overview, name="home_translations"),
        path(
            "localize/submit/page/<int:page_id>/",
            translation_views.SubmitView.as_view(),
            name="home_submit_translation",
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            translation_views.UpdateView.as_view(),
            name="home_update_translations",
        ),
        path(
            "localize/api/snippets/<slug:app_label>/<slug:model_name>/<int:pk>/",
            chosen_record,
            name="home_chosen_record",
        ),
    ]


@hooks.register("before_edit_page", order=-1)
def publish_only_complete_translations(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Take the place of the package's publishing, which publishes untranslated text (P9)."""
    return translation_views.publish_translation(request, page)


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def say_what_follows(request: HttpRequest, page: Page) -> None:
    """Tell the editor, before it happens, that the translation goes offline with its source."""
    if request.method == "GET":
        for translated in live_translations(page):
            messages.warning(
                request, _("Its translation goes offline too: “%(title)s”.") % {"title": translated.title}
            )


@hooks.register("before_copy_page")
def copy_without_alias(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy is a page of its own: an alias could not be translated (P13)."""
    if request.method == "POST" and request.POST.get("alias"):
        messages.error(request, _("Copy the page without making it an alias."))
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


@hooks.register("construct_page_action_menu")
def hide_aliases(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer no alias: it shows a text under the address of the other language (P8)."""
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]


@hooks.register("construct_homepage_summary_items")
def count_for_editors(request: HttpRequest, items: list[Any]) -> None:
    """Count pages and pictures only for those who may see them all."""
    items[:] = [item for item in items if is_editor(request.user)]


@hooks.register("construct_search")
def search_what_one_edits(request: HttpRequest, areas: list[Any]) -> None:
    """Search pages, pictures and people; who is not an editor searches in their own lists."""
    areas[:] = [area for area in areas if is_editor(request.user) and area.name != "documents"]


@hooks.register("register_admin_menu_item")
def guide_item() -> MenuItem:
    """The guide, for everybody who works here."""
    return MenuItem(_("Guide"), reverse("editor_guide"), name="guide", icon_name="info-circle", order=9900)


class EditorsMenuItem(MenuItem):
    """A menu item for editors only."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Editors."""
        return is_editor(request.user)


@hooks.register("register_admin_menu_item")
def translations_item() -> MenuItem:
    """What is not translated, or out of date."""
    return EditorsMenuItem(
        _("Translations"), reverse("home_translations"), name="translations", icon_name="globe", order=190
    )


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    """What starts choosers, dates and rows, in place of inline scripts."""
    return format_html('<script src="{}"></script>', static("js/admin.js"))


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Both languages side by side, also on a narrow screen."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
