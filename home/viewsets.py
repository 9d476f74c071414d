"""How records are edited in the CMS: by the permission of the model, and only the rows in the person's scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import yesno
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.generic.usage import UsageView
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from home.panels import both_with_title, slug


class RecordPermissionPolicy(ModelPermissionPolicy):
    """The permission on the model, for the rows in the person's scope."""

    def __init__(self, model: Any, scope: Callable[[Any], QuerySet]) -> None:
        super().__init__(model)
        self.scope = scope

    def user_has_any_permission_for_instance(self, user: Any, actions: list[str], instance: Any) -> bool:
        """Tell whether the person may do one of these to this row."""
        return self.user_has_any_permission(user, actions) and self.scope(user).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Tell whether the person may do this to this row."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet:
        """The rows to which the person may do one of these."""
        rows = self.scope(user)
        return rows if self.user_has_any_permission(user, actions) else rows.none()

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        """The rows to which the person may do this."""
        return self.instances_user_has_any_permission_for(user, [action])


class NothingAddedPolicy(RecordPermissionPolicy):
    """For what visitors write: nobody adds it in the CMS."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the model's permission, but for adding."""
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        """As the model's permissions, but for adding."""
        return any(self.user_has_permission(user, action) for action in actions)


class YesNoColumn(Column):
    """Yes or no in the editor's language, where Wagtail writes “True”."""

    def get_value(self, instance: Any) -> str:
        """The word."""
        return str(yesno(super().get_value(instance)))


class RecordIndexView(IndexView):
    """The list, without ticking rows to delete them all at once: that would pass the scope by."""

    @cached_property
    def columns(self) -> list[Any]:
        """Wagtail's columns but for the boxes, and in words."""
        shown = [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]
        answers = {field.name for field in self.model._meta.fields if isinstance(field, BooleanField)}
        return [
            YesNoColumn(one.name, label=one.label, sort_key=one.sort_key) if one.name in answers else one
            for one in shown
        ]


class RecordViewSet(SnippetViewSet):
    """The list, the form and the history of one kind of record.

    ``is_scoped`` opens it to people who are not editors; they then see only the rows of ``scope``.
    """

    index_view_class = RecordIndexView
    copy_view_enabled = False
    list_per_page = 50
    is_scoped = False

    def scope(self, user: Any) -> QuerySet:
        """The rows that this person may see in the CMS."""
        return self.model._default_manager.all()

    @property
    def permission_policy(self) -> RecordPermissionPolicy:
        """Who may do what to which row."""
        return RecordPermissionPolicy(self.model, self.scope)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What the list shows."""
        return self.scope(request.user)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Put the scope in front of every address that names a row."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
            if "pk" in names and not self.scope(request.user).filter(pk=unquote(str(names["pk"]))).exists():
                raise PermissionDenied
            return view(request, *args, **names)

        # Where a row is used may name pages that the person must not see.
        guarded.is_scoped = self.is_scoped and not issubclass(view_class, UsageView)  # type: ignore[attr-defined]
        return guarded


class VocabularyViewSet(RecordViewSet):
    """A word in both languages."""

    icon = "tag"
    ordering = ["slug"]
    search_fields = ["name_fr", "name_nl"]
    panels: list[Any] = [both_with_title("name"), slug()]
