"""Pictures of working groups in the CMS: their list, their form, and the dialogue in which one is chosen."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from home.choosers import ScopedChooserViewSet
from home.panels import choice
from home.viewsets import RecordViewSet
from news.models import GroupPicture, WorkingGroup
from news.pictures.forms import GroupPictureForm


class PictureColumn(Column):
    """The picture itself, small."""

    cell_template_name = "news/admin/picture_cell.html"


def of_own_groups(user: Any) -> QuerySet[GroupPicture]:
    """The pictures of the groups in whose name the person writes, newest first."""
    groups = WorkingGroup.objects.coordinated_by(user)
    return GroupPicture.objects.filter(group__in=groups).select_related("group").order_by("-added_at", "-pk")


class GroupPictureChooserViewSet(ScopedChooserViewSet):
    """Choosing a picture for an article, among those of its group, or adding one."""

    narrowed_by = ("group",)
    more_columns = (PictureColumn("picture", label=_("Picture")), Column("group", label=_("Working group")))
    creation_form_class = GroupPictureForm
    create_action_label = creation_tab_label = _("Add a picture")

    def scope(self, user: Any) -> QuerySet[GroupPicture]:
        """Those of the own groups."""
        return of_own_groups(user)


class GroupPictureViewSet(RecordViewSet):
    """Pictures; coordinators see those of their groups."""

    model = GroupPicture
    chooser_viewset_class = GroupPictureChooserViewSet
    icon = "image"
    is_scoped = True
    ordering = ["-added_at", "-pk"]
    list_display = ["__str__", PictureColumn("picture", label=_("Picture")), "group", "added_at"]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [FieldPanel("file"), FieldPanel("title"), choice("group")], base_form_class=GroupPictureForm
    )

    def scope(self, user: Any) -> QuerySet:
        """Those of the own groups; all for editors."""
        return of_own_groups(user)
