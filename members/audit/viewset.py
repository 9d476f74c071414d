"""The audit log in the CMS: administrators read it, nobody writes it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from home.viewsets import RecordPermissionPolicy, RecordViewSet
from members.models import AuditEntry


class ReadOnlyPolicy(RecordPermissionPolicy):
    """Administrators may look; nobody may add, change or delete."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Looking is for administrators."""
        return action == "view" and user.is_active and user.is_superuser

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        """As each of them."""
        return any(self.user_has_permission(user, action) for action in actions)


class AuditViewSet(RecordViewSet):
    """The log, the newest first."""

    model = AuditEntry
    icon = "history"
    menu_label = _("Audit log")
    menu_order = 610
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_filter = ["action", "at"]
    list_export = ["at", "action", "detail", "by_id", "person_id", "association_id"]
    search_fields = ["detail", "by__email", "person__email", "invitation__email"]
    list_display = [
        DateColumn("at", label=_("When"), sort_key="at", width="15%"),
        Column("by", label=_("Who"), accessor=lambda entry: entry.by or "–"),
        Column("said", label=_("What"), accessor=str),
        Column("about", label=_("About whom"), accessor=lambda entry: entry.person or entry.invitation or "–"),
        Column("association", label=_("Association"), accessor=lambda entry: entry.association or "–"),
    ]

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        """Who may look."""
        return ReadOnlyPolicy(self.model, self.scope)

    def scope(self, user: Any) -> QuerySet:
        """Everything, for administrators, with whom it is about in one query."""
        return AuditEntry.objects.visible_to(user).select_related("by", "person", "invitation", "association")
