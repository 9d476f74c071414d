"""Needs, help lines and outside addresses in the CMS, both languages in one form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.panels import (
    LinesField,
    TickedField,
    both,
    both_with_title,
    choice,
    provenance,
    slug,
    slug_in_both,
    title_in_both,
)
from home.viewsets import RecordViewSet
from members.enums import SpokenLanguage
from members.models import (
    Helpline,
    Need,
    NeedGroup,
    OutsideAddress,
)
from members.models.need import LONGEST_PHRASE
from members.viewsets.finder import UnansweredQueryViewSet, UnrelatedPhraseViewSet


def search_words(label: Any, **kwargs: Any) -> LinesField:
    """A list of some fifty lines."""
    widget = forms.Textarea(attrs={"rows": 20, "dir": "auto"})
    return LinesField(required=False, longest=LONGEST_PHRASE, label=label, widget=widget, **kwargs)


class NeedForm(WagtailAdminModelForm):
    """Search words one a line."""

    synonyms_fr = search_words(_("Search words"))
    synonyms_nl = search_words(_("Search words"))
    synonyms_other = search_words(
        _("Search words in other languages"),
        help_text=_("Words and short sentences in any language, one a line; the finder compares what they mean."),
    )


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
                    both("say_on_phone"),
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
            ObjectList([both("synonyms"), FieldPanel("synonyms_other")], heading=_("Search words")),
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


class NeedsGroup(SnippetViewSetGroup):
    """The menu of needs."""

    menu_label = _("Needs")
    menu_icon = "help"
    menu_order = 120
    items = (
        NeedViewSet,
        NeedGroupViewSet,
        HelplineViewSet,
        OutsideAddressViewSet,
        UnansweredQueryViewSet,
        UnrelatedPhraseViewSet,
    )
