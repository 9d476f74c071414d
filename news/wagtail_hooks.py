"""Working groups and meetings in the CMS."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.access import is_editor
from home.languages import current_language, preferred_translations
from home.translation import is_source
from news.comments.widening import would_show_more
from news.models import GroupNewsPage, GroupPage, WorkingGroup
from news.readership import Readership
from news.viewsets import GroupsGroup

register_snippet(GroupsGroup)


@hooks.register("construct_main_menu", order=1)
def articles_of_own_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """Lead coordinators straight to the articles of each of their groups, in the language of their CMS."""
    if is_editor(request.user):
        return
    folders = GroupPage.objects.filter(group__in=WorkingGroup.objects.coordinated_by(request.user))
    for folder in preferred_translations(folders, current_language()).order_by("title"):
        items.append(
            MenuItem(
                _("Articles: %(group)s") % {"group": folder.title},
                reverse("wagtailadmin_explore", args=[folder.pk]),
                name=f"articles-{folder.group_id}",
                icon_name="folder-open-inverse",
                order=100,
            )
        )


@hooks.register("before_edit_page", order=-1)  # before the package shows its own screen
def say_who_gets_the_translation(request: HttpRequest, page: Page) -> None:
    """Tell it above the screen in which an article is translated; the form of the original has a panel for it."""
    if request.method == "GET" and isinstance(page, GroupNewsPage) and not is_source(page):
        messages.info(request, str(Readership.of(page.group)))


@hooks.register("before_move_page")
def keep_comments_among_their_readers(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Refuse a move that would show the comments on an article to people for whom they were not written."""
    article, folder = page.specific, destination.specific
    if not (isinstance(article, GroupNewsPage) and isinstance(folder, GroupPage)):
        return None
    if not would_show_more(article, folder.group):
        return None
    said = _(
        "“%(title)s” stays where it is: people of “%(group)s” could read comments that were not written for them. "
        "Remove the comments first, or publish it there as a new article."
    )
    messages.error(request, said % {"title": article.title, "group": folder.group.name})
    return redirect("wagtailadmin_explore", article.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_all_comments_among_their_readers(
    request: HttpRequest, kind: str, pages: Sequence[Any], action: Any
) -> HttpResponse | None:
    """The same where several pages are moved at once: all of them, or none."""
    if kind != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    refused = (keep_comments_among_their_readers(request, page, destination) for page in pages)
    return next(filter(None, refused), None)
