"""Finds the page of an address with its trail, its translations and the menu in two queries at most."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, Site

from home.languages import current_language
from home.navigation import Menu, menu_and_way


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
            page = page_at(args[0] if args else kwargs.get("path", ""), request)
            if page:
                request._wagtail_route_for_request = (page, [], {})  # type: ignore[attr-defined]  # Wagtail's


def page_at(path: str, request: HttpRequest) -> Page | None:
    """The live page at this path below the active language's root; reads the menu and the trail with it."""
    roots = [root for root in Site.get_site_root_paths() if root.language_code == current_language()]
    if len(roots) != 1:  # several sites: the host decides, which Wagtail knows better
        return None
    way = list(_way(roots[0].root_path, path))
    entries, found = menu_and_way(way)
    request.menu = Menu.of(entries, request)  # type: ignore[attr-defined]  # see menu_of
    *trail, page = found or [None]
    if page is None or page.url_path != way[-1]:
        return None
    return _specific(page, trail)


def _way(root: str, path: str) -> Iterator[str]:
    """Where the pages above an address stand, and at last the address itself."""
    steps = [step for step in path.split("/") if step]
    for length in range(len(steps) + 1):
        yield "/".join([root.rstrip("/"), *steps[:length], ""])


def _specific(page: Page, trail: list[Page]) -> Page | None:
    """The page with what its own type knows of it, read together with its translations."""
    model = page.specific_class
    if model is None or model.route is not Page.route:
        return None
    translations = model.objects.live().filter(translation_key=page.translation_key).order_by()
    together = list(translations.select_related("locale"))
    found: Page | None = next((one for one in together if one.pk == page.pk), None)
    if found is not None:
        found.follow(trail, together)
    return found
