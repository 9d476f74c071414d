"""The records of this app in the CMS, and the second step in front of the pages for members."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from members.accounts.second_factor import lacks_second_factor, lead_to_second_factor
from members.audit.viewset import AuditViewSet
from members.people_viewset import PeopleActiveStateBulkAction
from members.viewsets import AssociationsGroup, NeedsGroup, OutgoingMailViewSet, VocabularyGroup

register_snippet(AssociationsGroup)
register_snippet(NeedsGroup)
register_snippet(VocabularyGroup)
register_snippet(AuditViewSet)
register_snippet(OutgoingMailViewSet)
hooks.register("register_bulk_action", PeopleActiveStateBulkAction, order=1)  # in the place of Wagtail's


@hooks.register("before_serve_page", order=-1)
def ask_for_second_factor(page: Page, request: HttpRequest, *args: Any) -> HttpResponse | None:
    """Let whoever needs a second step read the pages for members only once it is set up."""
    if getattr(page, "is_member_only", False) and lacks_second_factor(request.user):
        return lead_to_second_factor(request)
    return None
