"""The words that records share in the CMS, both languages in one form."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from home.panels import LinesField
from home.viewsets import VocabularyViewSet
from members.models import Audience, Commune, JobFunction


class AudienceViewSet(VocabularyViewSet):
    """Groups of people that services are for."""

    model = Audience
    panels = [*VocabularyViewSet.panels, FieldPanel("is_everyone")]


class CommuneForm(WagtailAdminModelForm):
    """Postcodes and other names one a line."""

    postcodes = LinesField(label=_("Postcodes"), widget=forms.Textarea(attrs={"rows": 3}))
    other_names = LinesField(
        required=False,
        longest=60,
        label=_("Other names"),
        help_text=_("How people also call it or one of its neighbourhoods, in any language. One a line."),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )

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
        [*VocabularyViewSet.panels, FieldPanel("postcodes"), FieldPanel("other_names"), FieldPanel("nis_code")],
        base_form_class=CommuneForm,
    )


class JobFunctionForm(WagtailAdminModelForm):
    """Other names one a line."""

    other_names = LinesField(
        required=False,
        longest=60,
        label=_("Other names"),
        help_text=_(
            "How colleagues also call it, in any language: the directory finds it by these words too. One a line."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


class JobFunctionViewSet(VocabularyViewSet):
    """What people do in an association."""

    model = JobFunction
    icon = "user"
    edit_handler = ObjectList([*VocabularyViewSet.panels, FieldPanel("other_names")], base_form_class=JobFunctionForm)


class VocabularyGroup(SnippetViewSetGroup):
    """The menu of words that records share."""

    menu_label = _("Vocabulary")
    menu_icon = "tag"
    menu_order = 180
    items = (AudienceViewSet, CommuneViewSet, JobFunctionViewSet)
