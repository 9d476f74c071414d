"""Cards to hand over on paper: what stands on the card of a need and of an association, in one language or both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import override
from laces.components import Component

from home.languages import current_language
from members.answers import answers_of, coverage_of, helplines_of, numbers_of, outside_addresses_of
from members.card_options import CardOptions
from members.components import Contacts
from members.enums import ContactKind, NeedAudience, ServiceStatus
from members.models import Address, Association, Helpline, Need, OutsideAddress, Service
from members.qr_code import QrCode

SHOWN_ASSOCIATIONS = 2
SHOWN_HELPLINES = 4  # of a need that is not urgent and has an association; the others show all
SHOWN_OUTSIDE = 2
# How many lines of so many characters a sheet takes, set in large, middle and small type; measured in Chromium.
COLUMNS = 58
ROOM = {"a6": (18, 21, 24), "a4": (29, 34, 39), "a4-pair": (22, 26, 30)}
SIZES = ("roomy", "even", "dense")
BRIEFEST = 5  # what a card leaves out, step by step, until it fits on its paper


@dataclass(frozen=True)
class CardAnswer:
    """An association on a card; only what was verified, and of its services only what holds for all."""

    association: Association
    contacts: Contacts
    services: Sequence[Service] = ()
    addresses: Sequence[Address] = ()
    names_services: bool = True

    @property
    def phones(self) -> list[Any]:
        """Numbers to call, in the editor's order."""
        return self.contacts.of_kind(ContactKind.PHONE)

    @property
    def written(self) -> list[Any]:
        """Websites and e-mail addresses; a form only where nothing else is known."""
        found = self.contacts.of_kind(ContactKind.WEBSITE, ContactKind.EMAIL)
        return found or self.contacts.of_kind(ContactKind.FORM)

    @property
    def areas(self) -> set[str]:
        """Where its services work, as far as it is known."""
        return {service.area for service in self.services} - {""}

    @property
    def area(self) -> str:
        """Where its services work, if they all work there."""
        return next(iter(self.areas)) if len(self.areas) == 1 else ""

    @property
    def start(self) -> Service | None:
        """The service that tells how to start."""
        return self._telling("how_to_start")

    @property
    def papers(self) -> Service | None:
        """The service that tells which papers to bring."""
        return self._telling("papers")

    @property
    def hours(self) -> Service | None:
        """The service that tells verified hours which do not stand beside a number already."""
        telling = self._telling("published_hours")
        if telling and any(point.hours and point.hours in telling.published_hours for point in self.phones):
            return None
        return telling

    @property
    def cautions(self) -> list[Any]:
        """What the public must know first."""
        return [record for record in (self.association, self._telling("notice")) if record and record.notice]

    def _telling(self, name: str) -> Service | None:
        """The first service that tells this, unless another one tells otherwise."""
        told = {getattr(service, name): service for service in reversed(self.services) if getattr(service, name)}
        return next(iter(told.values())) if len(told) == 1 else None

    @property
    def dates(self) -> list[date | None]:
        """When the facts on the card were verified."""
        dates = [record.verified_on for record in (*self.contacts.points, *self.addresses, *self.services)]
        return [*dates, self.hours.hours_verified_on] if self.hours else dates


@dataclass(frozen=True)
class Card:
    """What a card says, in whatever language it is read."""

    record: Need | Association
    answers: Sequence[CardAnswer] = ()
    helplines: Sequence[Helpline] = ()
    outside: Sequence[OutsideAddress] = ()
    more: int = 0
    is_urgent: bool = False
    asks_for_papers: bool = True

    @property
    def need(self) -> Need | None:
        """The need of the card, if it is a need's."""
        return self.record if isinstance(self.record, Need) else None

    @property
    def coverage(self) -> str:
        """How far the alliance answers, where the advice does not tell it."""
        return "" if self.need is None or self.need.advice else coverage_of(self.need, self.answers)

    @property
    def verified_on(self) -> date | None:
        """The oldest date on which a fact of the card was verified."""
        dates = [record.verified_on for record in (*self.helplines, *self.outside)]
        return min(filter(None, [*dates, *(day for answer in self.answers for day in answer.dates)]), default=None)


@dataclass(frozen=True)
class CardSheet(Component):
    """One side of paper: a card in one language, as complete and then as large as the paper allows."""

    card: Card
    language: str
    address: str
    format: str

    template_name = "components/card_sheet.html"

    def render_html(self, parent_context: Any = None) -> Any:
        """Everything inside is said in the sheet's own language."""
        context = {"request": parent_context.get("request") if parent_context else None}
        with override(self.language):
            words, lines = self._fitting(context)
        sizes = [size for size, room in zip(SIZES, ROOM[self.format], strict=True) if lines <= room]
        size = sizes[0] if sizes else SIZES[-1]
        return format_html('<article class="sheet sheet--{}" lang="{}">{}</article>', size, self.language, words)

    def _fitting(self, context: dict[str, Any]) -> tuple[SafeString, int]:
        """The longest version that fits, with its number of lines."""
        for brevity in range(BRIEFEST + 1):
            words = super().render_html(context | {"brevity": brevity})
            lines = lines_of(words)
            if lines <= ROOM[self.format][-1]:
                break
        return words, lines

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        card, brevity = self.card, parent_context["brevity"]
        answers = card.answers[:1] if brevity >= 4 else card.answers
        return {
            "request": parent_context["request"],
            "card": card,
            "answers": answers,
            "more": card.more + len(card.answers) - len(answers),
            "brevity": brevity,
            "code": QrCode(self.address),
            "address": self.address,
        }


def lines_of(html: str) -> int:
    """How much of a sheet's height a text takes, in lines; a telephone number takes two."""
    texts = [line.strip() for line in strip_tags(html).splitlines()]
    return sum(ceil(len(text) / COLUMNS) for text in texts) + html.count('class="phone"')


def sheets(request: HttpRequest, card: Card, options: CardOptions) -> list[CardSheet]:
    """A sheet for each language; its code leads to the page in that language."""
    return [
        CardSheet(card, language, request.build_absolute_uri(card.record.get_absolute_url(language)), options.format)
        for language in options.languages
    ]


def written_address(url: str) -> str:
    """A web address as one copies it from paper."""
    return url.partition("://")[2].rstrip("/") if "://" in url else url


def card_url(record: Need | Association, language: str | None = None) -> str:
    """The address of a record's card in the active or the given language."""
    name = "members:need_card" if isinstance(record, Need) else "members:association_card"
    with override(language or current_language()):
        return reverse(name, args=[record.slug])


def card_of_need(need: Need) -> Card:
    """The first associations that answer it and the numbers to call, in a constant number of queries."""
    emergencies, linked = numbers_of(need)
    helplines = helplines_of(need, linked, emergencies)
    answers = answers_of(need.answers.all().select_related("association")).get(need.pk, [])
    # A card is there to reach somebody.
    shown = [answer for answer in answers if answer.contacts.points][:SHOWN_ASSOCIATIONS] or answers[:1]
    addresses = _addresses_of({answer.association.pk for answer in shown})
    # The first service is the one that answers best; the facts of the others are on its page.
    first = [[service for service in answer.services if _is_active(service)][:1] for answer in shown]
    return Card(
        need,
        [
            CardAnswer(answer.association, answer.contacts, services, addresses[answer.association.pk])
            for answer, services in zip(shown, first, strict=True)
        ],
        helplines if need.is_urgent or not answers else helplines[:SHOWN_HELPLINES],
        [] if shown else _outside_of(need),
        more=len(answers) - len(shown),
        is_urgent=need.is_urgent,
        asks_for_papers=bool(answers) and need.audience in (NeedAudience.BENEFICIARY, NeedAudience.RELATIVE),
    )


def card_of_association(association: Association) -> Card:
    """How to reach it and what it offers."""
    services = list(Service.objects.visible_to(None).filter(association=association.pk).with_area().in_order())
    services = [service for service in services if _is_active(service)]
    contacts = Contacts.of(association, association.contact_points.all())
    addresses = _addresses_of({association.pk})[association.pk]
    return Card(association, [CardAnswer(association, contacts, services, addresses)])


def _outside_of(need: Need) -> list[OutsideAddress]:
    """Verified addresses outside the alliance that tell how to reach them."""
    found = outside_addresses_of(need.outside_links.all().select_related("outside_address"))
    return [one for one in found if one.phone or one.email or one.url][:SHOWN_OUTSIDE]


def _is_active(service: Service) -> bool:
    return service.status == ServiceStatus.ACTIVE


def _addresses_of(associations: Collection[int]) -> dict[int, list[Address]]:
    """Verified addresses by association."""
    found: dict[int, list[Address]] = {key: [] for key in associations}
    rows = Address.objects.published().filter(association__in=associations).select_related("commune")
    for address in rows.order_by("sort_order"):
        found[address.association_id].append(address)
    return found
