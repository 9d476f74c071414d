"""Reusable pieces that show associations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from laces.components import Component

from home.components import Petal
from members.models import Association


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
