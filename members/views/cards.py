"""Cards to print and hand over: of a need, and of an association."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from translated_fields import to_attribute

from home.languages import LANGUAGES, Alternate, current_language, other_languages
from home.views.errors import gone
from members.card_options import CardOptions
from members.cards import Card, card_of_association, card_of_need, card_url, sheets
from members.models import Association, Need
from members.trails import trail_below


def need_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the card of a published need; its address in the other language leads to the one in this language."""
    options = CardOptions.of(request.GET)
    public = Need.objects.visible_to(None)
    here = public.filter(**{to_attribute("slug"): slug}).first()
    if here:
        return _show(request, card_of_need(here), options, "needindexpage")
    for language in other_languages(current_language()):
        there = public.filter(**{to_attribute("slug", language): slug}).first()
        if there and there.slug != slug:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponsePermanentRedirect(card_url(there) + query)
    if Need.objects.was_public().filter(**{to_attribute("slug"): slug}).exists():
        return gone(request)
    raise Http404


def association_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the card of a published association; tell of one that was taken away."""
    options = CardOptions.of(request.GET)
    found = Association.objects.visible_to(None).filter(slug=slug).first()
    if found:
        return _show(request, card_of_association(found), options, "associationindexpage")
    if Association.objects.was_public().filter(slug=slug).exists():
        return gone(request)
    raise Http404


def _show(request: HttpRequest, card: Card, options: CardOptions, index: str) -> HttpResponse:
    """The card as the sheet of paper that it will be, with what one can choose."""
    context = {
        "card": card,
        "options": options,
        "sheets": sheets(request, card, options),
        "trail": trail_below(request, index),
        "alternates": [Alternate(code, card_url(card.record, code)) for code in LANGUAGES],
    }
    return render(request, "members/card.html", context)
