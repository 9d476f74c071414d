"""Tools, their types and themes in the CMS."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.panels import choice, several, slug, title
from home.viewsets import RecordViewSet, VocabularyViewSet
from library.admin_forms import TermForm, ToolForm
from library.admin_panels import ToolPanel
from library.chooser import ToolChooserViewSet
from library.models import Theme, Tool, ToolType


class ToolViewSet(RecordViewSet):
    """Tools; delegates see those of their association."""

    model = Tool
    chooser_viewset_class = ToolChooserViewSet
    icon = "doc-full"
    is_scoped = True
    ordering = ["-updated_on", "-pk"]
    list_display = ["__str__", "association", "type", "sharing", "language", "updated_on"]
    search_fields = ["title", "summary"]
    edit_handler = ObjectList(
        [
            title("title"),
            slug(),
            FieldPanel("summary"),
            FieldRowPanel([FieldPanel("language"), choice("type"), choice("association")]),
            several("themes"),
            MultiFieldPanel(
                [ToolPanel("library/admin/readers.html"), FieldPanel("sharing"), several("groups")],
                heading=_("Who sees it"),
            ),
            MultiFieldPanel(
                [FieldPanel("new_file"), FieldPanel("new_note"), ToolPanel("library/admin/versions.html")],
                heading=_("File"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("licence"),
                    FieldRowPanel([FieldPanel("author"), FieldPanel("origin")]),
                    FieldPanel("search_words"),
                    FieldRowPanel([FieldPanel("contact"), FieldPanel("contact_role")]),
                    FieldPanel("review_on"),
                    FieldRowPanel([FieldPanel("derived_from"), FieldPanel("translation_of")]),
                ],
                heading=_("More about it"),
            ),
        ],
        base_form_class=ToolForm,
    )

    def scope(self, user: Any) -> QuerySet:
        """Tools of the person's association, for its delegates; all for editors."""
        return Tool.objects.editable_by(user).select_related("association", "type")


class TermViewSet(VocabularyViewSet):
    """A word of the library, and what people type when they mean it."""

    edit_handler = ObjectList([*VocabularyViewSet.panels, FieldPanel("search_words")], base_form_class=TermForm)


class ToolTypeViewSet(TermViewSet):
    """What kinds of tools there are."""

    model = ToolType


class ThemeViewSet(TermViewSet):
    """What tools are about."""

    model = Theme


class LibraryGroup(SnippetViewSetGroup):
    """The menu of the library."""

    menu_label = _("Library")
    menu_icon = "doc-full"
    menu_order = 140
    items = (ToolViewSet, ToolTypeViewSet, ThemeViewSet)
