"""What the page of a need shows, to visitors and in an editor's preview; never a dead end."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from home.languages import LANGUAGES, Alternate
from home.navigation import menu_of
from home.structured_data import as_script, breadcrumbs, known
from members.answers import answers_of, coverage_of, helplines_of, numbers_of, outside_addresses_of
from members.association_page import ngo
from members.components import Answer
from members.models import Helpline, Need
from members.trails import trail_below


def need_context(request: HttpRequest, need: Need, group: Iterable[Need], *, is_typed: bool = False) -> dict[str, Any]:
    """Only what may be published, in a constant number of queries; the same for every reader.

    ``group`` are the needs beside it.
    ``is_typed``: the need is what an editor sees before it is saved.
    """
    emergencies, linked = _typed_numbers(need) if is_typed else numbers_of(need)
    helplines = helplines_of(need, linked, emergencies)
    answers = answers_of(need.answers.all().select_related("association")).get(need.pk, [])
    shown = {
        "need": need,
        "helplines": helplines,
        "answers": answers,
        "coverage": coverage_of(need, answers),
        "outside_addresses": outside_addresses_of(need.outside_links.all().select_related("outside_address")),
        "general_helplines": [helpline for helpline in emergencies if helpline not in helplines],
        "neighbours": [other for other in group if other.pk != need.pk],
        "menu": menu_of(request),
    }
    return {
        "need": need,
        "body": render_to_string("members/need_body.html", shown),
        # The title shows in the history of the browser, which somebody else may read.
        "is_discreet": need.is_urgent or bool(helplines),
        "trail": trail_below(request, "needindexpage"),
        "alternates": [Alternate(code, need.get_absolute_url(code)) for code in LANGUAGES],
        "structured_data": structured_data(request, need, answers),
    }


def _typed_numbers(need: Need) -> tuple[list[Helpline], list[Helpline]]:
    """The same with the help lines that stand in the form."""
    links = need.helpline_links.all().select_related("helpline")
    return list(Helpline.objects.emergencies()), [link.helpline for link in links]


def structured_data(request: HttpRequest, need: Need, answers: list[Answer]) -> SafeString:
    """Who helps with what, as schema.org tells it, and the way to the page."""
    steps = [(step.title, step.url) for step in trail_below(request, "needindexpage")]
    service = {
        "@type": "Service",
        "name": need.label,
        "description": need.description,
        "areaServed": _("Brussels"),
        "provider": [known(ngo(request, answer.association, answer.contacts)) for answer in answers],
    }
    way = breadcrumbs(request, [*steps, (need.label, need.get_absolute_url())])
    return as_script(service, way) if answers else as_script(way)
