"""The site map for people: every public page on one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.access import public_pages
from home.languages import addresses_of_view, current_language


def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page of this language in the order of the tree; associations and needs come by their tags."""
    pages = public_pages().filter(locale__language_code=current_language()).order_by("path")
    context = {
        "pages": pages.select_related("locale"),
        "alternates": addresses_of_view(request.resolver_match),
        "trail": [],
    }
    return render(request, "home/site_map.html", context)
