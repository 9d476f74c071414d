"""What editors teach the finder: searches that found nothing, and phrases that are not for us."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import DeleteView

from home.viewsets import NothingAddedPolicy, RecordIndexView, RecordViewSet
from members.finder.learning import Lesson, teach
from members.finder.unanswered import HIDDEN
from members.models import Need, UnansweredQuery, UnrelatedPhrase
from members.models.need import LONGEST_PHRASE

SMALL = "button button-small button-secondary"


class NeedChoice(forms.ModelChoiceField):
    """Published needs, each after its group."""

    def label_from_instance(self, need: Any) -> str:
        """Where it stands, and what it is."""
        return f"{need.group} – {need}"


class TeachForm(WagtailAdminModelForm):
    """What to do with the words of a search."""

    text = forms.CharField(
        label=_("Words"),
        max_length=LONGEST_PHRASE,
        help_text=_("Change them so that they say what people mean. “…” stands for words that we did not keep."),
        error_messages={"max_length": _("This is too long: at most 120 characters.")},
    )
    lesson = forms.ChoiceField(label=_("Use them as"), choices=Lesson.choices, widget=forms.RadioSelect)
    need = NeedChoice(
        label=_("Need"),
        queryset=Need.objects.none(),
        required=False,
        help_text=_("Leave it empty for what is not for us."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = self.instance.words
        self.fields["lesson"].initial = f"synonyms_{self.instance.language}"
        needs: Any = self.fields["need"]
        needs.queryset = Need.objects.visible_to(None).select_related("group").in_order()

    def clean_text(self) -> str:
        """Words that somebody filled in where some were not kept."""
        text = " ".join(self.cleaned_data["text"].split())
        if HIDDEN in text:
            raise forms.ValidationError(_("Replace “…” by a word, or take it out."))
        return text

    def clean(self) -> dict[str, Any]:
        """Ask for the need whose words they become."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("lesson", Lesson.NOT_FOR_US) != Lesson.NOT_FOR_US and not cleaned.get("need"):
            self.add_error("need", _("Choose the need that these words mean."))
        return cleaned


class TeachView(EditView):
    """Turns a search that found nothing into words that the finder knows."""

    page_title = _("Use as search words")
    submit_button_label = _("Teach the finder")
    error_message = _("The words were not used yet: see below.")

    def get_page_subtitle(self) -> str:
        """What the editor is asked."""
        return str(_("What does “%(words)s” mean?") % {"words": self.object})

    def save_instance(self) -> Any:
        """Teach the finder; the search itself is logged nowhere, for a log would outlive it."""
        data = self.form.cleaned_data
        teach(
            query=self.object,
            text=data["text"],
            lesson=Lesson(data["lesson"]),
            need=data["need"],
            by=self.request.user,
        )
        return self.object

    def get_success_message(self) -> str:
        """What the finder knows now."""
        return str(_("The finder knows “%(text)s” now.") % {"text": self.form.cleaned_data["text"]})

    def get_success_buttons(self) -> list[Any]:
        """The way to the need, to read its other words."""
        need = self.form.cleaned_data["need"]
        if not need:
            return []
        url = reverse(Need.snippet_viewset.get_url_name("edit"), args=[need.pk])
        return [messages.button(url, _("Open the need"))]

    def get_side_panels(self) -> MediaContainer:
        """None: a search has no history."""
        return MediaContainer([])

    def get_history_url(self) -> None:
        """None, for the same reason."""


class SetAsideView(DeleteView):
    """Deletes a search without a trace: a log of it would outlive it."""

    page_title = _("Set aside")
    confirmation_message = _("The search leaves this list. Nothing changes in the finder.")
    success_message = _("The search was set aside.")

    def get_usage_url(self) -> None:
        """None: nothing refers to a search."""

    def delete_action(self) -> None:
        """Delete it, and log nothing."""
        self.object.delete()


class RowButton(Button):
    """One that stands in the row itself."""

    allow_in_dropdown = False


class UnansweredIndexView(RecordIndexView):
    """The list, with what one may do to each search beside it."""

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Teach the finder, or set aside."""
        return [
            RowButton(_("Use as search words"), url=self.get_edit_url(instance), classname=SMALL, priority=10),
            RowButton(_("Set aside"), url=self.get_delete_url(instance), classname=f"{SMALL} no", priority=20),
        ]


class UnansweredQueryViewSet(RecordViewSet):
    """Searches that found nothing, the most frequent first."""

    model = UnansweredQuery
    icon = "search"
    ordering = ["-times", "-last_asked_on"]
    list_display = ["__str__", "times", Column("get_language_display", label=_("Language")), "last_asked_on"]
    list_filter = ["language"]
    search_fields = ["words"]
    index_view_class = UnansweredIndexView
    edit_view_class = TeachView
    edit_template_name = TeachView.template_name  # the one of other records has no button of its own
    delete_view_class = SetAsideView
    edit_handler = ObjectList(
        [FieldPanel("text"), FieldPanel("lesson"), FieldPanel("need")], base_form_class=TeachForm
    )

    @property
    def permission_policy(self) -> NothingAddedPolicy:
        """Who may read them and teach the finder."""
        return NothingAddedPolicy(self.model, self.scope)

    def scope(self, user: Any) -> QuerySet:
        """None that is older than the privacy page promises, whether or not it was already deleted."""
        return UnansweredQuery.objects.kept()


class UnrelatedPhraseViewSet(RecordViewSet):
    """What people also type, and for which we have nothing."""

    model = UnrelatedPhrase
    icon = "cross"
    ordering = ["text"]
    search_fields = ["text"]
    panels = [FieldPanel("text")]
