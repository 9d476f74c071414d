"""Associations and their services in the CMS, both languages in one form."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.panels import (
    TickedField,
    both,
    both_with_title,
    choice,
    provenance,
    several,
    slug,
)
from home.viewsets import RecordViewSet
from members.enums import SpokenLanguage, StartMode
from members.models import (
    Association,
    Service,
)


class AssociationViewSet(RecordViewSet):
    """Associations, with how to reach them."""

    model = Association
    icon = "group"
    ordering = ["order", "slug"]
    list_display = ["__str__", "order", "live", UpdatedAtColumn(label=_("Updated"))]  # Wagtail's own word is English
    search_fields = ["name_fr", "name_nl", "short_name_fr", "short_name_nl"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    both_with_title("short_name"),
                    slug(),
                    both("name"),
                    both("legal_form"),
                    FieldRowPanel([FieldPanel("kbo_number"), FieldPanel("founded")]),
                    both("plain"),
                    both("description"),
                    both("notice"),
                    several("audiences"),
                    FieldPanel("logo"),
                    provenance(),
                ],
                heading=_("Who it is"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "contact_points",
                        heading=_("Contact points"),
                        label=_("Contact point"),
                        panels=[
                            FieldRowPanel([FieldPanel("kind"), FieldPanel("value")]),
                            both("label"),
                            both("hours"),
                            provenance(),
                        ],
                    ),
                    InlinePanel(
                        "addresses",
                        heading=_("Addresses"),
                        label=_("Address"),
                        panels=[
                            both("kind"),
                            both("street"),
                            FieldRowPanel([FieldPanel("postcode"), choice("commune")]),
                            both("locality"),
                            provenance(),
                        ],
                    ),
                ],
                heading=_("How to reach it"),
            ),
            ObjectList(
                [
                    FieldPanel("joined_on"),
                    FieldRowPanel([FieldPanel("has_signed_charter"), FieldPanel("charter_signed_on")]),
                    FieldPanel("order"),
                ],
                heading=_("In the alliance"),
            ),
        ]
    )


class ServiceForm(WagtailAdminModelForm):
    """Lists as boxes to tick."""

    spoken_languages = TickedField(choices=SpokenLanguage.choices, label=_("Languages spoken"))
    start_modes = TickedField(choices=StartMode.choices, label=_("Ways to start"))


class ServiceViewSet(RecordViewSet):
    """What the associations offer."""

    model = Service
    icon = "tasks"
    ordering = ["association__order", "order"]
    list_display = ["__str__", "association", "status", "verified_on", "live"]
    list_filter = ["association", "status", "live"]
    search_fields = ["label_fr", "label_nl"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    choice("association"),
                    both_with_title("label"),
                    slug(),
                    both("summary"),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("order")]),
                    both("notice"),
                    provenance(),
                ],
                heading=_("What it is"),
            ),
            ObjectList(
                [
                    both("for_whom"),
                    FieldPanel("is_for_everyone"),
                    several("audiences"),
                    FieldPanel("covers_region"),
                    several("communes"),
                    FieldPanel("spoken_languages"),
                ],
                heading=_("For whom and where"),
            ),
            ObjectList(
                [
                    both("how_to_start"),
                    FieldPanel("start_modes"),
                    both("papers"),
                    both("cost"),
                    both("hours"),
                    FieldPanel("hours_verified_on"),
                    InlinePanel(
                        "exceptions",
                        heading=_("Exceptions to the hours"),
                        label=_("Exception"),
                        panels=[FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), both("note")],
                    ),
                ],
                heading=_("How to start"),
            ),
        ],
        base_form_class=ServiceForm,
    )


class AssociationsGroup(SnippetViewSetGroup):
    """The menu of associations."""

    menu_label = _("Associations")
    menu_icon = "group"
    menu_order = 110
    items = (AssociationViewSet, ServiceViewSet)
