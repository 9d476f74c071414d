"""Letters that are not sent, for administrators: why, and whether to try again."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import DeleteView

from home.viewsets import RecordIndexView, RecordPermissionPolicy, RecordViewSet
from members.models import OutgoingMail
from members.tasks import send_again
from members.viewsets.finder import SMALL, RowButton

LIST, SEND_ALL = (f"wagtailsnippets_members_outgoingmail:{name}" for name in ("list", "send_all"))
SEVERAL = 2
SHOWN = ("recipient", "subject", "state", "problem", "written_at", "tries", "next_try_at")


class AdministratorsPolicy(RecordPermissionPolicy):
    """Administrators look, send again and delete; nobody writes a letter here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """What administrators may do."""
        return action in ("view", "change", "delete") and user.is_active and user.is_superuser

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        """As each of them."""
        return any(self.user_has_permission(user, action) for action in actions)


class SendAgainView(EditView):
    """Shows a letter without its text, which holds private links, and sends it again where it is stuck."""

    page_title = _("Send again")
    submit_button_label = _("Send again")
    success_message = _("The letter is on its way.")

    def get_page_subtitle(self) -> str:
        """To whom it goes."""
        return self.object.recipient

    def save_instance(self) -> OutgoingMail:
        """Try anew, as if it were written now."""
        send_again(OutgoingMail.objects.filter(pk=self.object.pk))
        return self.object

    def get_success_buttons(self) -> list[Any]:
        """None: the letter may be gone."""
        return []

    def get_side_panels(self) -> MediaContainer:
        """None: a letter has no history."""
        return MediaContainer([])

    def get_history_url(self) -> None:
        """None, for the same reason."""


class DeleteLetterView(DeleteView):
    """Deletes a letter without a trace: a log of it would outlive it."""

    def get_usage_url(self) -> None:
        """None: nothing refers to a letter."""

    def delete_action(self) -> None:
        """Delete it, and log nothing."""
        self.object.delete()


class LettersIndexView(RecordIndexView):
    """The list, with what one may do to each letter beside it, and to all of them above."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Send all again, where there are several."""
        if OutgoingMail.objects.stuck().count() < SEVERAL:
            return []
        return [HeaderButton(_("Send all again"), url=reverse(SEND_ALL), icon_name="mail")]

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        """Send again, or delete."""
        buttons = [RowButton(_("Delete"), url=self.get_delete_url(instance), classname=f"{SMALL} no", priority=20)]
        if instance.is_stuck:
            again = RowButton(_("Send again"), url=self.get_edit_url(instance), classname=SMALL, priority=10)
            buttons.insert(0, again)
        return buttons


class SendAllAgainView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks first, for some of the letters may have arrived; then sends those again that certainly did not, or all."""

    permission_required = "change"
    page_title = _("Send all again")
    header_icon = "mail"
    template_name = "members/admin/send_all_again.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way back to the list; the last step is what the page is called."""
        way = [{"url": reverse(LIST), "label": _("Letters not sent")}, {"url": "", "label": self.page_title}]
        return [*super().get_breadcrumbs_items(), *way]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there are of either kind."""
        letters = OutgoingMail.objects.all()
        failed, stuck = letters.failed().count(), letters.stuck().count()
        return {**super().get_context_data(**kwargs), "failed": failed, "stuck": stuck, "list": reverse(LIST)}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send them."""
        letters = OutgoingMail.objects.all()
        number = send_again(letters if request.POST.get("which") == "all" else letters.failed())
        said = ngettext("%(number)d letter is on its way.", "%(number)d letters are on their way.", number)
        messages.success(request, said % {"number": number})
        return redirect(LIST)


class StuckLettersItem(MenuItem):
    """The way to the list, with the number of letters that need a decision."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For administrators; nobody else costs a query."""
        return request.user.is_active and request.user.is_superuser

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """With the number where there are some."""
        component = super().render_component(request)
        if number := OutgoingMail.objects.stuck().count():
            component.label = f"{component.label} ({number})"
        return component


class OutgoingMailViewSet(RecordViewSet):
    """What waits, and what needs a decision."""

    model = OutgoingMail
    icon = "mail"
    menu_label = _("Letters not sent")
    menu_order = 620
    add_to_admin_menu = True
    menu_item_class = StuckLettersItem
    list_filter = ["state"]
    search_fields = ["recipient"]
    list_display = [
        "recipient",
        "subject",
        Column("get_state_display", label=_("State")),
        DateColumn("written_at", label=_("Written at"), sort_key="written_at"),
    ]
    index_view_class = LettersIndexView
    edit_view_class = SendAgainView
    edit_template_name = SendAgainView.template_name  # the one of other records has no button of its own
    delete_view_class = DeleteLetterView
    edit_handler = ObjectList([FieldPanel(name, read_only=True) for name in SHOWN])

    def get_urlpatterns(self) -> list[Any]:
        """With the question before all are sent."""
        again = self.construct_view(SendAllAgainView)
        return [*super().get_urlpatterns(), path("send-all-again/", again, name="send_all")]

    @property
    def permission_policy(self) -> AdministratorsPolicy:
        """Who may look."""
        return AdministratorsPolicy(self.model, self.scope)

    def scope(self, user: Any) -> QuerySet:
        """Everything, for administrators."""
        return OutgoingMail.objects.visible_to(user)
