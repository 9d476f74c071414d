"""Every component and block of the site in its states, for editors and developers."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from wagtail.blocks import StreamValue

from home.blocks import BodyBlock
from home.components import Pagination, Petal, Ring
from home.contact_form import ContactForm
from home.languages import addresses_of_view

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
        "blocks": example_blocks(),
        "wrong_form": ContactForm({"name": "", "email": "marie.example"}),
    }
    return render(request, "home/styleguide.html", context)


def example_blocks() -> list[dict[str, Any]]:
    """Each block of a page's body with the example that the CMS shows."""
    body = BodyBlock()
    names = [name for name, block in body.child_blocks.items() if getattr(block.meta, "preview_value", None)]
    return [
        {
            "label": body.child_blocks[name].label,
            "description": body.child_blocks[name].meta.description,
            "block": StreamValue(body, [(name, body.child_blocks[name].get_preview_value())])[0],
        }
        for name in names
    ]
