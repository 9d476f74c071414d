"""What the finder shows for a query: help lines if it is urgent, then needs with who answers them; or the way on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from laces.components import Component

from home.navigation import menu_of
from members.answers import Wish, answers_of, coverage_of, helplines_of
from members.components import Answer
from members.enums import HelplineKind, SpokenLanguage
from members.finder.search import Found
from members.models.need import Helpline, Need, NeedAnswer, NeedGroup, NeedHelpline, NeedOutsideAddress, OutsideAddress

OUTSIDE_FIELDS = ("id", "slug", "name_fr", "name_nl", "purpose_fr", "purpose_nl", "phone", "email", "url")
FULL_ANSWERS = 2  # of the first need; the others say less, always with their number


@dataclass
class MatchedNeed:
    """A need that fits, why, and who answers it; ``elsewhere`` are those who do not work in the commune."""

    need: Need
    because: Sequence[str]
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
    helplines: Sequence[Helpline]
    wish: Wish
    commune_names: Sequence[str] = ()
    names_only_a_place: bool = False

    template_name = "components/finder_result.html"

    @classmethod
    def of(cls, found: Found, wish: Wish, commune_names: Sequence[str] = ()) -> Self:
        """Read everything that the needs in ``found`` lead to."""
        helplines = list(Helpline.objects.published().order_by("pk"))
        needs = _matched(found, wish, helplines) if found.matches else []
        urgent = next((one for one in needs if one.need.pk == found.urgent_need), None)
        return cls(needs, urgent, helplines, wish, commune_names, found.names_only_a_place).dress()

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        return {
            "result": self,
            "title": self.title,
            "says": self.says,
            "communes": ", ".join(self.commune_names),
            "spoken_language": self.spoken_language,
            "ways_on": None if self.needs else WaysOn.read(self.helplines, parent_context),
        }

    @property
    def title(self) -> str:
        """The answer in a few words."""
        if self.needs:
            return _("Who can help")
        return _("What is happening?") if self.names_only_a_place else _("We found no situation that fits")

    @property
    def says(self) -> str:
        """What a screen reader says while somebody types, instead of reading everything."""
        if not self.needs:
            return self.title
        count = len(self.needs)
        found = ngettext("%(count)d situation found: %(first)s", "%(count)d situations found, first: %(first)s", count)
        said = found % {"count": count, "first": self.needs[0].need.label}
        return " ".join((_("Urgent: numbers to call come first."), said)) if self.urgent else said

    @property
    def spoken_language(self) -> str:
        """The language that somebody wants to speak, in words."""
        return str(SpokenLanguage(self.wish.spoken_language).label) if self.wish.spoken_language else ""

    def dress(self) -> Self:
        """Say next to each association what we do not know of it, and less of those that come later."""
        for place, matched in enumerate(self.needs):
            for rank, answer in enumerate((*matched.answers, *matched.elsewhere)):
                answer.level = 4
                answer.is_compact = bool(place) or rank >= FULL_ANSWERS or answer.is_near is False
                answer.doubts = list(self._doubts(answer))
        return self

    def _doubts(self, answer: Answer) -> Iterator[str]:
        if self.wish.communes and answer.is_near is None:
            names = ", ".join(self.commune_names)
            yield _("We do not know whether they come to %(communes)s: ask.") % {"communes": names}
        if self.wish.spoken_language and answer.is_understood is not True:
            told = {
                None: _("We do not know whether they speak this language: ask (%(language)s)."),
                False: _("As far as we know, they do not speak this language (%(language)s)."),
            }
            yield told[answer.is_understood] % {"language": self.spoken_language}
        if not any(service.published_hours for service in answer.services):
            yield _("We have not confirmed their opening hours.")


@dataclass
class WaysOn:
    """What is offered when nothing fits: all situations, verified help lines and addresses outside the alliance."""

    groups: Sequence[NeedGroup]
    emergencies: Sequence[Helpline]
    helplines: Sequence[Helpline]
    outside_addresses: Sequence[OutsideAddress]
    all_situations: str = ""  # the address of the page that lists the needs of every group

    @classmethod
    def read(cls, helplines: Sequence[Helpline], context: Any) -> Self:
        """Only what may be published, as ``helplines`` are; ``context`` is that of the page."""
        groups = NeedGroup.objects.filter(needs__live=True).distinct()
        request = context.get("request") if context else None
        page = menu_of(request).find_help if request else None
        return cls(
            list(groups),
            _emergencies(helplines),
            [helpline for helpline in helplines if helpline.kind != HelplineKind.EMERGENCY],
            list(OutsideAddress.objects.reachable()),
            page.url if page else "",
        )


def _matched(found: Found, wish: Wish, helplines: Sequence[Helpline]) -> list[MatchedNeed]:
    """The needs with all that they lead to; ``helplines`` are all that may be published."""
    because = {match.need: match.because for match in found.matches}
    needs = _with_ways_on(Need.objects.visible_to(None).select_related("group")).in_bulk(because)
    answers = answers_of(NeedAnswer.objects.filter(need__in=needs).select_related("association"), wish)
    by_key = {helpline.pk: helpline for helpline in helplines}
    emergencies = _emergencies(helplines)
    return [
        MatchedNeed(
            need=needs[key],
            because=because[key],
            coverage=coverage_of(needs[key], answers.get(key, [])),
            answers=[answer for answer in answers.get(key, []) if answer.is_near is not False],
            elsewhere=[answer for answer in answers.get(key, []) if answer.is_near is False],
            helplines=helplines_of(
                needs[key],
                [by_key[one] for one in needs[key].helpline_keys if one in by_key],
                emergencies,
            ),
            outside_addresses=[OutsideAddress(**values) for values in needs[key].outside_values],
        )
        for key in because
        if key in needs
    ]


def _emergencies(helplines: Iterable[Helpline]) -> list[Helpline]:
    return [one for one in helplines if one.kind == HelplineKind.EMERGENCY and one.number]


def _with_ways_on(needs: Any) -> Any:
    """Needs with the keys of their help lines and their outside addresses, in the editor's order, in one query."""
    helplines = NeedHelpline.objects.filter(need=OuterRef("pk")).order_by("sort_order")
    outside = NeedOutsideAddress.objects.filter(need=OuterRef("pk"), outside_address__verified_on__isnull=False)
    shown = {name: f"outside_address__{name}" for name in OUTSIDE_FIELDS}
    return needs.annotate(
        helpline_keys=ArraySubquery(helplines.values("helpline")),
        outside_values=ArraySubquery(outside.order_by("sort_order").values(shown=JSONObject(**shown))),
    )
