"""Reusable pieces that show associations, their services, and who answers a need."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.translation import gettext as _
from laces.components import Component

from home.components import Petal
from home.provenance import Provenance
from members.enums import ContactKind, ServiceStatus
from members.models.association import Association, ContactPoint
from members.models.service import Service

AT_ONCE = 48  # associations: more would be a list of its own, with pages


def association_orders() -> ArraySubquery:
    """The places of the public associations, from which the sign of the alliance is drawn on every page."""
    return ArraySubquery(Association.objects.visible_to(None).in_order().values("order"))


@dataclass(frozen=True)
class SomeAssociations:
    """The first of many associations, for a page that shows other things too, and whether there are more of them."""

    associations: Sequence[Association]
    has_more: bool

    @classmethod
    def of(cls, associations: Any) -> Self:
        """Read no more than are shown, and one; in the alliance's order."""
        found = list(associations[: AT_ONCE + 1])
        return cls(found[:AT_ONCE], len(found) > AT_ONCE)


@dataclass(frozen=True)
class AssociationCards(Component):
    """A card for each association: its sign, its name and its plain sentence."""

    associations: Sequence[Association]
    level: int = 3

    template_name = "components/association_cards.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        cards = [(association, Petal(association.hue)) for association in self.associations]
        return {"cards": cards, "level": self.level}


@dataclass(frozen=True)
class Contacts(Component):
    """How to reach an association: its number first; says so when there is none that somebody verified."""

    association: Association
    points: Sequence[ContactPoint]

    template_name = "components/contacts.html"

    @classmethod
    def of(cls, association: Association, points: Iterable[ContactPoint]) -> Self:
        """Only what may be published."""
        return cls(association, [point for point in points if point.verified_on])

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "association": self.association,
            "phones": self.of_kind(ContactKind.PHONE),
            "emails": self.of_kind(ContactKind.EMAIL),
            "links": [(point, host(point.value)) for point in self.of_kind(ContactKind.WEBSITE, ContactKind.FORM)],
        }

    def of_kind(self, *kinds: ContactKind) -> list[ContactPoint]:
        """The contact points of these kinds, in the editor's order."""
        return [point for point in self.points if point.kind in kinds]


@dataclass(frozen=True)
class ServiceDetails(Component):
    """What is known of a service, and one line on what is not; ``told`` was said for all services at once."""

    service: Service
    level: int = 3
    is_short: bool = False
    told: Collection[str] = ()

    template_name = "components/service_details.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        unknown = unknown_of(self.service)
        return {
            "service": self.service,
            "level": self.level,
            "is_short": self.is_short,
            "is_active": self.service.status == ServiceStatus.ACTIVE,
            "unknown": ", ".join(question for question in unknown if question not in self.told),
        }


@dataclass(frozen=True)
class ServiceList(Component):
    """The services of an association; what is unknown of all of them is said once."""

    services: Sequence[Service]

    template_name = "components/service_list.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        known_of_none = set.intersection(*(set(unknown_of(service)) for service in self.services))
        told = [question for question in unknown_of(self.services[0]) if question in known_of_none]
        return {
            "services": [ServiceDetails(service, told=told) for service in self.services],
            "unknown": ", ".join(told),
        }


def unknown_of(service: Service) -> list[str]:
    """What people ask about a service and nobody told us."""
    asked = [
        (service.area, _("where")),
        (service.cost, _("the cost")),
        (service.spoken_languages, _("the languages spoken")),
        (service.papers, _("the papers to bring")),
        (service.published_hours, _("the opening hours")),
    ]
    return [question for answer, question in asked if not answer]


@dataclass
class Answer(Component):
    """An association that answers a need: what it does about it, and how to reach it.

    ``is_near`` and ``is_understood`` tell whether it works in the commune, and speaks the language, that somebody
    asked for; None where nobody asked, or nobody knows. ``doubts`` say so in words.
    """

    association: Association
    contacts: Contacts
    services: list[Service] = field(default_factory=list)
    is_near: bool | None = None
    is_understood: bool | None = None
    doubts: Sequence[str] = ()
    is_compact: bool = False
    level: int = 3

    template_name = "components/answer.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "association": self.association,
            "petal": Petal(self.association.hue),
            "contacts": self.contacts,
            "doubts": self.doubts,
            "is_compact": self.is_compact,
            "level": self.level,
            "services": [ServiceDetails(service, self.level + 1, is_short=True) for service in self.services],
        }


@dataclass(frozen=True)
class SourceNote(Component):
    """Where a fact comes from, and when somebody read it there."""

    record: Provenance

    template_name = "components/source_note.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {"record": self.record, "host": host(self.record.source_url)}


def host(url: str) -> str:
    """A website as people say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
