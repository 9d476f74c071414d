"""What the page of an association shows, to visitors and in an editor's preview."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from translated_fields import to_attribute

from home.languages import LANGUAGES, Alternate, current_language, preferred_translations
from home.navigation import menu_of
from home.structured_data import as_script, breadcrumbs, known
from members.components import Contacts, ServiceList, SourceNote
from members.enums import ContactKind
from members.models import Address, Association, Need, Service, ServiceException
from members.trails import trail_below

TOLD = ("starts_on", "ends_on", *(to_attribute("note", language) for language in LANGUAGES))  # of an exception


def association_context(request: HttpRequest, association: Association) -> dict[str, Any]:
    """Only facts that somebody verified, in a constant number of queries; the same for every reader."""
    contacts = Contacts.of(association, association.contact_points.all())
    addresses = [one for one in association.addresses.all().select_related("commune") if one.verified_on]
    services = services_of(association)
    shown = {
        "association": association,
        "contacts": contacts,
        "addresses": addresses,
        "services": ServiceList(services) if services else None,
        "needs": Need.objects.visible_to(None).filter(answers__association=association).in_order().distinct(),
        "news": news_of(association),
        "source": SourceNote(association),
        "menu": menu_of(request),
        "language": current_language(),
    }
    return {
        "association": association,
        "body": render_to_string("members/association_body.html", shown),
        "trail": trail_below(request, "associationindexpage"),
        "alternates": [Alternate(code, association.get_absolute_url(code)) for code in LANGUAGES],
        "structured_data": structured_data(request, association, contacts, addresses),
    }


def services_of(association: Association) -> list[Service]:
    """Services that may be published, with the exceptions to their hours that still count; one query."""
    ahead = ServiceException.objects.filter(service=OuterRef("pk"), ends_on__gte=timezone.localdate())
    told = ahead.order_by("starts_on").values(json=JSONObject(**{name: name for name in TOLD}))
    services = Service.objects.visible_to(None).filter(association=association.pk).with_area().in_order()
    found = list(services.annotate(told_ahead=ArraySubquery(told)))
    for service in found:
        service.exceptions_ahead = [_exception(facts) for facts in service.told_ahead]
    return found


def _exception(facts: dict[str, str]) -> ServiceException:
    """As the database tells it, with days for their texts."""
    days = {name: date.fromisoformat(facts[name]) for name in ("starts_on", "ends_on")}
    return ServiceException(**(facts | days))


def news_of(association: Association) -> Any:
    """Public articles about it, each once; a room further out knows what they are."""
    articles: Any = association.news.visible_to(None)
    return preferred_translations(articles).newest_first().select_related("locale")[:5]


def structured_data(
    request: HttpRequest, association: Association, contacts: Contacts, addresses: list[Address]
) -> SafeString:
    """The association as schema.org tells it, and the way to its page."""
    url = association.get_absolute_url()
    steps = [*((step.title, step.url) for step in trail_below(request, "associationindexpage"))]
    return as_script(
        ngo(request, association, contacts) | {"address": [postal_address(one) for one in addresses]},
        breadcrumbs(request, [*steps, (association.short_name, url)]),
    )


def ngo(request: HttpRequest, association: Association, contacts: Contacts) -> dict[str, Any]:
    """An association with what was verified of it."""
    return {
        "@type": "NGO",
        "@id": request.build_absolute_uri(association.get_absolute_url()),
        "name": association.name,
        "alternateName": association.short_name,
        "description": association.plain,
        "foundingDate": str(association.founded) if association.founded and association.verified_on else "",
        "telephone": [point.href.removeprefix("tel:") for point in contacts.of_kind(ContactKind.PHONE)],
        "email": [point.value for point in contacts.of_kind(ContactKind.EMAIL)],
        "url": [point.value for point in contacts.of_kind(ContactKind.WEBSITE)],
    }


def postal_address(address: Address) -> dict[str, Any]:
    """An address as schema.org tells it."""
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "postalCode": address.postcode,
            "addressLocality": str(address.commune or address.locality),
            "addressCountry": "BE",
        }
    )
