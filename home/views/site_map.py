"""The site map for people: the public pages on one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.access import pages_of_site_map
from home.languages import addresses_of_view, current_language


def site_map(request: HttpRequest) -> HttpResponse:
    """The pages of this language in the order of the tree; associations and needs come by their tags.

    What may be very many, articles and associations, is named by its list.
    """
    pages = pages_of_site_map().filter(locale__language_code=current_language()).order_by("path")
    context = {
        "pages": pages.select_related("locale"),
        "alternates": addresses_of_view(request.resolver_match),
        "trail": [],
    }
    return render(request, "home/site_map.html", context)
