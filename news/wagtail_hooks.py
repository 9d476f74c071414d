"""Working groups and meetings in the CMS."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.access import is_editor
from home.languages import current_language, preferred_translations
from home.translation import is_source
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
