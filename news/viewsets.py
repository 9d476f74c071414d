"""Working groups and their meetings in the CMS."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from home.panels import both, choice, slug_in_both, title_in_both
from home.viewsets import RecordViewSet
from members.models import User
from news.actions import sync_group
from news.comments.widening import OpeningForm
from news.enums import Joining
from news.meetings.changes import TOLD, tell_change
from news.models import Meeting, WorkingGroup
from news.people_field import PeopleField, known_of
from news.pictures.viewset import GroupPictureViewSet

PEOPLE = ("coordinators", "members")


class WorkingGroupForm(OpeningForm):
    """Saving a group also makes its pages and gives its coordinators their rights."""

    coordinators = PeopleField()
    members = PeopleField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PEOPLE:
            self.fields[name].label = capfirst(WorkingGroup._meta.get_field(name).verbose_name)
            known = known_of(self.data, name) if self.is_bound else [one.pk for one in self.initial.get(name, ())]
            self.fields[name].widget.known = known

    def clean(self) -> dict[str, Any]:
        """Say next to the field what the database also refuses."""
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("is_open") and cleaned.get("joining") != Joining.BY_INVITATION:
            self.add_error("joining", _("Nobody else knows a closed group: choose the invitation."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> WorkingGroup:
        """All of it, or nothing; who came or went since the form was opened stays so.

        Whom somebody let in or took out in the member area meanwhile is no change that the editor made.
        """
        if self.instance.pk:
            locked = WorkingGroup.objects.select_for_update().get(pk=self.instance.pk)
            for name in PEOPLE:
                self.cleaned_data[name] = self._people_now(locked, name)
            self._let_in_first(locked)
        group: WorkingGroup = super().save(commit=commit)
        if commit:
            sync_group(group)
        return group

    def _let_in_first(self, group: WorkingGroup) -> None:
        """Before anybody goes: who only changes between member and coordinator is never outside."""
        for name in PEOPLE:
            getattr(group, name).add(*self.cleaned_data[name])
        group.save(update_fields=PEOPLE)

    def _people_now(self, group: WorkingGroup, name: str) -> QuerySet[User]:
        """Those of today, without whom the editor unticked, and with whom the editor added."""
        known, chosen = known_of(self.data, name), {one.pk for one in self.cleaned_data[name]}
        now = set(getattr(group, name).values_list("pk", flat=True))
        return User.objects.filter(pk__in=(now - (known - chosen)) | (chosen - known))


class WorkingGroupViewSet(RecordViewSet):
    """Groups, their people, and whether they are open."""

    model = WorkingGroup
    icon = "group"
    ordering = ["name_fr"]
    list_display = ["__str__", "is_open"]
    list_filter = ["is_open"]
    search_fields = ["name_fr", "name_nl"]
    edit_handler = ObjectList(
        [
            title_in_both("name"),
            slug_in_both(),
            both("purpose"),
            FieldPanel("is_open"),
            FieldPanel("shows_comments"),
            FieldPanel("joining"),
            FieldPanel("coordinators"),
            FieldPanel("members"),
        ],
        base_form_class=WorkingGroupForm,
    )


class MeetingForm(WagtailAdminModelForm):
    """Offers the groups in whose name the person writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = WorkingGroup.objects.coordinated_by(self.for_user).order_by("name_fr")

    def clean(self) -> dict[str, Any]:
        """Say next to the field what the database also refuses."""
        cleaned: dict[str, Any] = super().clean()
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The meeting must end after it starts."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Meeting:
        """Save it, and tell those who come when it moves or is cancelled."""
        meeting: Meeting = super().save(commit=commit)
        if commit and TOLD & set(self.changed_data):
            tell_change(meeting=meeting)
        return meeting


class MeetingCreateView(CreateView):
    """The form for a new meeting, with the group from whose page one comes."""

    def get_initial(self) -> dict[str, Any]:
        """The form offers only one's own groups, so any other is not chosen."""
        return {**super().get_initial(), "group": self.request.GET.get("group")}


class MeetingViewSet(RecordViewSet):
    """Meetings; coordinators see those of their groups."""

    model = Meeting
    add_view_class = MeetingCreateView
    icon = "calendar-alt"
    is_scoped = True
    ordering = ["-starts_at"]
    list_display = ["__str__", "group", "starts_at", "is_cancelled"]
    search_fields = ["title_fr", "title_nl"]
    edit_handler = ObjectList(
        [
            choice("group"),
            both("title"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            both("place"),
            FieldPanel("link"),
            both("agenda"),
            FieldPanel("is_cancelled"),
        ],
        base_form_class=MeetingForm,
    )

    def scope(self, user: Any) -> QuerySet:
        """Meetings of the groups that the person coordinates; all for editors."""
        groups = WorkingGroup.objects.coordinated_by(user)
        return Meeting.objects.filter(group__in=groups).select_related("group")


class GroupsGroup(SnippetViewSetGroup):
    """The menu of working groups."""

    menu_label = _("Groups")
    menu_icon = "group"
    menu_order = 130
    items = (WorkingGroupViewSet, MeetingViewSet, GroupPictureViewSet)
