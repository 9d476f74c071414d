"""Reusable pieces that show associations, their services, and who answers a need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from laces.components import Component

from home.components import Petal
from home.provenance import Provenance
from members.enums import ContactKind, ServiceStatus
from members.models.association import Association, ContactPoint
from members.models.service import Service


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
    """What is known of a service, and one line on what is not."""

    service: Service
    level: int = 3
    is_short: bool = False

    template_name = "components/service_details.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        service = self.service
        return {
            "service": service,
            "level": self.level,
            "is_short": self.is_short,
            "is_active": service.status == ServiceStatus.ACTIVE,
            "unknown": ", ".join(self.unknown),
        }

    @property
    def unknown(self) -> list[str]:
        """What people ask about a service and nobody told us."""
        service = self.service
        asked = [
            (service.area, _("where")),
            (service.cost, _("the cost")),
            (service.spoken_languages, _("the languages spoken")),
            (service.papers, _("the papers to bring")),
            (service.published_hours, _("the opening hours")),
        ]
        return [question for answer, question in asked if not answer]


@dataclass(frozen=True)
class Answer(Component):
    """An association that answers a need: what it does about it, and how to reach it."""

    association: Association
    contacts: Contacts
    services: list[Service] = field(default_factory=list)

    template_name = "components/answer.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "association": self.association,
            "petal": Petal(self.association.hue),
            "contacts": self.contacts,
            "services": [ServiceDetails(service, level=4, is_short=True) for service in self.services],
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
