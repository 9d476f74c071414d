"""What the finder shows for a query: help lines if it is urgent, then needs with who answers them; or the way on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from laces.components import Component

from members.answers import Wish, answers_of, coverage_of, helplines_of, outside_addresses_of
from members.components import Answer
from members.enums import SpokenLanguage
from members.finder.search import Found
from members.models.need import Helpline, Need, NeedAnswer, NeedGroup, NeedHelpline, NeedOutsideAddress, OutsideAddress


@dataclass
class MatchedNeed:
    """A need that fits, why, and who answers it; ``elsewhere`` are those who do not work in the commune."""

    need: Need
    because: str
    coverage: str
    answers: list[Answer]
    elsewhere: list[Answer]
    helplines: list[Helpline]
    outside_addresses: list[OutsideAddress]

    @property
    def associations(self) -> list[str]:
        """The slugs of the associations in the order in which the page shows them."""
        return [answer.association.slug for answer in (*self.answers, *self.elsewhere)]


@dataclass
class FinderResult(Component):
    """The answer to a query, in a constant number of queries to the database."""

    needs: Sequence[MatchedNeed]
    urgent: MatchedNeed | None
    emergencies: Sequence[Helpline]
    wish: Wish
    commune_names: Sequence[str] = ()
    names_only_a_place: bool = False

    template_name = "components/finder_result.html"

    @classmethod
    def of(cls, found: Found, wish: Wish, commune_names: Sequence[str] = ()) -> Self:
        """Read everything that the needs in ``found`` lead to."""
        emergencies = list(Helpline.objects.emergencies())
        needs = _matched(found, wish, emergencies) if found.matches else []
        urgent = next((one for one in needs if one.need.pk == found.urgent_need), None)
        return cls(needs, urgent, emergencies, wish, commune_names, found.names_only_a_place)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "result": self,
            "spoken_language": SpokenLanguage(self.wish.spoken_language).label if self.wish.spoken_language else "",
            "ways_on": None if self.needs else WaysOn.read(),
        }


@dataclass
class WaysOn:
    """What is offered when nothing fits: all situations, verified help lines and addresses outside the alliance."""

    groups: Sequence[NeedGroup]
    helplines: Sequence[Helpline]
    outside_addresses: Sequence[OutsideAddress]

    @classmethod
    def read(cls) -> Self:
        """Only what may be published."""
        groups = NeedGroup.objects.filter(needs__live=True).distinct()
        return cls(list(groups), list(Helpline.objects.to_talk()), list(OutsideAddress.objects.reachable()))


def _matched(found: Found, wish: Wish, emergencies: Sequence[Helpline]) -> list[MatchedNeed]:
    because = {match.need: match.because for match in found.matches}
    needs = Need.objects.visible_to(None).select_related("group").in_bulk(because)
    answers = answers_of(NeedAnswer.objects.filter(need__in=needs).select_related("association"), wish)
    helplines = _by_need(NeedHelpline.objects.filter(need__in=needs).select_related("helpline"))
    outside = _by_need(NeedOutsideAddress.objects.filter(need__in=needs).select_related("outside_address"))
    return [
        MatchedNeed(
            need=needs[key],
            because=because[key],
            coverage=coverage_of(needs[key], answers.get(key, [])),
            answers=[answer for answer in answers.get(key, []) if answer.is_near is not False],
            elsewhere=[answer for answer in answers.get(key, []) if answer.is_near is False],
            helplines=helplines_of(needs[key], helplines[key], emergencies),
            outside_addresses=outside_addresses_of(outside[key]),
        )
        for key in because
        if key in needs
    ]


def _by_need(links: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for link in links:
        found[link.need_id].append(link)
    return found
