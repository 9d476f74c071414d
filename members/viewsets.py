"""The records of associations, needs and vocabulary in the CMS, both languages in one form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.panels import (
    LinesField,
    TickedField,
    both,
    both_with_title,
    choice,
    provenance,
    several,
    slug,
    slug_in_both,
    title_in_both,
)
from home.viewsets import RecordViewSet
from members.enums import SpokenLanguage, StartMode
from members.models import (
    Association,
    Audience,
    Commune,
    Helpline,
    JobFunction,
    Need,
    NeedGroup,
    OutsideAddress,
    Service,
)


class AssociationViewSet(RecordViewSet):
    """Associations, with how to reach them."""

    model = Association
    icon = "group"
    ordering = ["order", "slug"]
    list_display = ["__str__", "order", "live", UpdatedAtColumn()]
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


class NeedForm(WagtailAdminModelForm):
    """Search words one a line."""

    synonyms_fr = LinesField(required=False, label=_("Search words"))
    synonyms_nl = LinesField(required=False, label=_("Search words"))


class NeedViewSet(RecordViewSet):
    """Life situations, and who answers them."""

    model = Need
    icon = "help"
    ordering = ["group__order", "order"]
    list_display = ["__str__", "group", "is_urgent", "coverage", "live"]
    list_filter = ["group", "audience", "is_urgent", "coverage", "live"]
    search_fields = ["label_fr", "label_nl"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    title_in_both("label"),
                    slug_in_both(),
                    FieldRowPanel([choice("group"), FieldPanel("audience")]),
                    both("description"),
                    both("advice"),
                    FieldRowPanel([FieldPanel("is_urgent"), FieldPanel("coverage"), FieldPanel("order")]),
                ],
                heading=_("The situation"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "helpline_links",
                        heading=_("Help lines"),
                        label=_("Help line"),
                        panels=[choice("helpline")],
                    ),
                    InlinePanel(
                        "answers",
                        heading=_("Who answers, best first"),
                        label=_("Answer"),
                        panels=[FieldRowPanel([choice("association"), choice("service")])],
                    ),
                    InlinePanel(
                        "outside_links",
                        heading=_("Outside addresses"),
                        label=_("Outside address"),
                        panels=[choice("outside_address")],
                    ),
                ],
                heading=_("Who answers"),
            ),
            ObjectList([both("synonyms")], heading=_("Search words")),
        ],
        base_form_class=NeedForm,
    )


class NeedGroupViewSet(RecordViewSet):
    """Families of needs."""

    model = NeedGroup
    icon = "folder-open-inverse"
    list_display = ["__str__", "order"]
    panels = [title_in_both("name"), slug_in_both(), FieldPanel("order")]


class HelplineForm(WagtailAdminModelForm):
    """Lists as boxes to tick."""

    spoken_languages = TickedField(choices=SpokenLanguage.choices, label=_("Languages spoken"))


class HelplineViewSet(RecordViewSet):
    """Numbers to call now."""

    model = Helpline
    icon = "mobile-alt"
    ordering = ["kind", "number"]
    list_display = ["__str__", "kind", "verified_on"]
    list_filter = ["kind"]
    search_fields = ["name_fr", "name_nl", "number"]
    edit_handler = ObjectList(
        [
            both_with_title("name"),
            slug(),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("number"), FieldPanel("url")]),
            both("purpose"),
            both("hours"),
            both("cost"),
            FieldPanel("spoken_languages"),
            provenance(),
        ],
        base_form_class=HelplineForm,
    )


class OutsideAddressViewSet(RecordViewSet):
    """Organisations outside the alliance that help."""

    model = OutsideAddress
    icon = "link-external"
    ordering = ["slug"]
    list_display = ["__str__", "phone", "verified_on"]
    search_fields = ["name_fr", "name_nl"]
    panels = [
        both_with_title("name"),
        slug(),
        both("purpose"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("url")]),
        provenance(),
    ]


class VocabularyViewSet(RecordViewSet):
    """A word in both languages."""

    icon = "tag"
    ordering = ["slug"]
    search_fields = ["name_fr", "name_nl"]
    panels: list[Any] = [both_with_title("name"), slug()]


class AudienceViewSet(VocabularyViewSet):
    """Groups of people that services are for."""

    model = Audience
    panels = [*VocabularyViewSet.panels, FieldPanel("is_everyone")]


class CommuneForm(WagtailAdminModelForm):
    """Postcodes one a line."""

    postcodes = LinesField(label=_("Postcodes"), widget=forms.Textarea(attrs={"rows": 3}))

    def clean_postcodes(self) -> list[str]:
        """Refuse what is not a Belgian postcode."""
        codes: list[str] = self.cleaned_data["postcodes"]
        if any(len(code) != 4 or not code.isdigit() for code in codes):
            raise forms.ValidationError(_("A postcode has four digits."))
        return codes


class CommuneViewSet(VocabularyViewSet):
    """The communes of Brussels."""

    model = Commune
    icon = "site"
    edit_handler = ObjectList(
        [*VocabularyViewSet.panels, FieldPanel("postcodes"), FieldPanel("nis_code")], base_form_class=CommuneForm
    )


class JobFunctionViewSet(VocabularyViewSet):
    """What people do in an association."""

    model = JobFunction
    icon = "user"


class AssociationsGroup(SnippetViewSetGroup):
    """The menu of associations."""

    menu_label = _("Associations")
    menu_icon = "group"
    menu_order = 110
    items = (AssociationViewSet, ServiceViewSet)


class NeedsGroup(SnippetViewSetGroup):
    """The menu of needs."""

    menu_label = _("Needs")
    menu_icon = "help"
    menu_order = 120
    items = (NeedViewSet, NeedGroupViewSet, HelplineViewSet, OutsideAddressViewSet)


class VocabularyGroup(SnippetViewSetGroup):
    """The menu of words that records share."""

    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 180
    items = (AudienceViewSet, CommuneViewSet, JobFunctionViewSet)
