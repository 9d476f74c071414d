"""Every component and block of the site in its states, for editors and developers."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from home.components import Pagination, Petal, Ring
from home.contact_form import ContactForm
from home.languages import addresses_of_view
from home.styleguide import example_blocks, samples_for

# Where colours go, by the names of tokens.css.
COLOURS = (
    "paper",
    "paper-raised",
    "paper-sunken",
    "ink",
    "ink-soft",
    "rule",
    "petrol",
    "petrol-ground",
    "saffron",
    "saffron-ground",
    "danger",
    "success",
)
SIZES = ("4xl", "3xl", "2xl", "xl", "l", "m", "s")


@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """The style guide; outside development only for editors."""
    if not settings.DEBUG and not getattr(request.user, "is_editor", False):
        raise Http404
    context = {
        "alternates": addresses_of_view(request.resolver_match),
        "trail": [],
        "colours": COLOURS,
        "sizes": SIZES,
        "petals": [(hue, Petal(hue)) for hue in range(24)],
        "rings": [Ring([order * 7 % 24 for order in range(1, count + 1)]) for count in (1, 3, 5, 7, 9, 12, 24)],
        "empty_ring": Ring([order * 7 % 24 for order in range(1, 9)], "empty"),
        "pagination": Pagination(Paginator(range(50), 10).page(2), request.GET),
        "samples": samples_for(request.user),
        "blocks": example_blocks(),
        "wrong_form": ContactForm({"name": "", "email": "marie.example"}),
    }
    return render(request, "home/styleguide.html", context)
