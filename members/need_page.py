"""What the page of a need shows, to visitors and in an editor's preview; never a dead end."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from home.languages import LANGUAGES, Alternate
from home.structured_data import as_script, breadcrumbs, known
from members.association_page import ngo
from members.components import Answer, Contacts
from members.enums import Coverage, HelplineKind
from members.models import ContactPoint, Helpline, Need, OutsideAddress, Service
from members.trails import trail_below


def need_context(request: HttpRequest, need: Need, group: Iterable[Need]) -> dict[str, Any]:
    """Only what may be published, in a constant number of queries; ``group`` are the needs beside it."""
    answers, helplines = answers_to(need), helplines_of(need)
    return {
        "need": need,
        "helplines": helplines,
        "answers": answers,
        "coverage": coverage_of(need, answers),
        "outside_addresses": outside_addresses_of(need),
        "general_helplines": general_helplines(helplines),
        "neighbours": [other for other in group if other.pk != need.pk],
        # The title shows in the history of the browser, which somebody else may read.
        "is_discreet": need.is_urgent or bool(helplines),
        "trail": trail_below(request, "needindexpage"),
        "alternates": [Alternate(code, need.get_absolute_url(code)) for code in LANGUAGES],
        "structured_data": structured_data(request, need, answers),
    }


def answers_to(need: Need) -> list[Answer]:
    """Associations best first, each once, with those of their services that answer."""
    links = [link for link in need.answers.all().select_related("association") if link.association.live]
    keys = [link.service_id for link in links if link.service_id]
    services = {service.pk: service for service in Service.objects.visible_to(None).filter(pk__in=keys).with_area()}
    points = ContactPoint.objects.published().filter(association__in={link.association_id for link in links})
    contact_points = list(points.order_by("sort_order"))
    answers: dict[int, Answer] = {}
    for link in links:
        own = [point for point in contact_points if point.association_id == link.association_id]
        answer = answers.setdefault(link.association_id, Answer(link.association, Contacts(link.association, own)))
        if link.service_id in services:
            answer.services.append(services[link.service_id])
    return list(answers.values())


def helplines_of(need: Need) -> list[Helpline]:
    """Its verified help lines, emergency services first; an urgent need always has a number to call."""
    links = need.helpline_links.all().select_related("helpline")
    found = [link.helpline for link in links if link.helpline.verified_on]
    if need.is_urgent and not any(helpline.number for helpline in found):
        found = [*Helpline.objects.emergencies(), *found]
    return sorted(found, key=lambda helpline: helpline.kind != HelplineKind.EMERGENCY)


def general_helplines(shown: list[Helpline]) -> list[Helpline]:
    """The emergency services, wherever the page does not show them already."""
    return [helpline for helpline in Helpline.objects.emergencies() if helpline not in shown]


def outside_addresses_of(need: Need) -> list[OutsideAddress]:
    """Verified organisations outside the alliance, in the editor's order."""
    links = need.outside_links.all().select_related("outside_address")
    return [link.outside_address for link in links if link.outside_address.verified_on]


def coverage_of(need: Need, answers: list[Answer]) -> str:
    """How far the alliance answers, in one honest sentence; empty when it answers fully."""
    if need.coverage == Coverage.NONE or not answers:
        return _("No association of the alliance answers this directly today.")
    if need.coverage == Coverage.PARTIAL:
        return _("The associations below help with a part of it.")
    return ""


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
