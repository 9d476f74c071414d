"""What people wrote through the contact form, in the CMS."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from home.models import ContactMessage
from home.viewsets import NothingAddedPolicy, RecordViewSet


class MessageViewSet(RecordViewSet):
    """Messages: read, and mark as handled."""

    model = ContactMessage
    icon = "mail"
    menu_label = _("Messages")
    menu_order = 150
    add_to_admin_menu = True
    ordering = ["is_handled", "-sent_at"]
    list_display = ["__str__", "sent_at", "language", "is_handled"]
    list_filter = ["is_handled", "language"]
    search_fields = ["name", "email", "subject", "message"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]),
                FieldRowPanel([FieldPanel("sent_at", read_only=True), FieldPanel("language", read_only=True)]),
                FieldPanel("subject", read_only=True),
                FieldPanel("message", read_only=True),
            ],
            heading=_("What they wrote"),
        ),
        FieldPanel("is_handled"),
    ]

    @property
    def permission_policy(self) -> NothingAddedPolicy:
        """Who may read and mark."""
        return NothingAddedPolicy(self.model, self.scope)
