"""Finds the page of an address in two queries, however deep it is; Wagtail's own way takes one or two a level."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site

from home.languages import current_language


class PageRoutingMiddleware:
    """Tells Wagtail which page was asked for, where its address says so plainly.

    Wagtail keeps the answer of its routing on the request and asks there first (``Page.route_for_request``);
    what is not found here, such as a draft, takes Wagtail's own way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done once its view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look the page up just before Wagtail serves it."""
        match = request.resolver_match
        if match and match.url_name == "wagtail_serve":
            page = page_at(args[0] if args else kwargs.get("path", ""))
            if page:
                request._wagtail_route_for_request = (page, [], {})  # type: ignore[attr-defined]  # Wagtail's


def page_at(path: str) -> Page | None:
    """The live page at this path below the active language's root."""
    roots = [root for root in Site.get_site_root_paths() if root.language_code == current_language()]
    if len(roots) != 1:  # several sites: the host decides, which Wagtail knows better
        return None
    found = Page.objects.live().filter(url_path=f"{roots[0].root_path}{path}").select_related("content_type")
    page = found.first()
    model = page.specific_class if page else None
    if page is None or model is None or model.route is not Page.route:
        return None
    return model.objects.select_related("locale").filter(pk=page.pk).first()
