"""Who answers needs, and how to reach them, read for several needs at once; only what may be published."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sized
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from members.components import Answer, Contacts
from members.enums import Coverage, HelplineKind
from members.models.association import ContactPoint
from members.models.need import Helpline, Need, NeedAnswer, NeedHelpline, NeedOutsideAddress, OutsideAddress
from members.models.service import Service


@dataclass(frozen=True)
class Wish:
    """Where and in which language somebody looks for help; empty where they did not say."""

    communes: Collection[int] = ()
    spoken_language: str = ""


NO_WISH = Wish()


def answers_of(links: Iterable[NeedAnswer], wish: Wish = NO_WISH) -> dict[int, list[Answer]]:
    """Associations by need, each once, best first; those that suit the wish before those of which nobody knows."""
    rows = [link for link in links if link.association.live]
    services = Service.objects.visible_to(None).filter(pk__in={row.service_id for row in rows}).with_area()
    by_key = {service.pk: service for service in services}
    points = _contact_points({row.association_id for row in rows})
    found: defaultdict[int, dict[int, Answer]] = defaultdict(dict)
    for row in rows:
        contacts = Contacts(row.association, points[row.association_id])
        answer = found[row.need_id].setdefault(row.association_id, Answer(row.association, contacts))
        if row.service_id in by_key:
            answer.services.append(by_key[row.service_id])
    return {need: _by_wish(list(answers.values()), wish) for need, answers in found.items()}


def _contact_points(associations: Collection[int]) -> defaultdict[int, list[ContactPoint]]:
    points: defaultdict[int, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.published().filter(association__in=associations).order_by("sort_order"):
        points[point.association_id].append(point)
    return points


def _by_wish(answers: list[Answer], wish: Wish) -> list[Answer]:
    """Mark and sort the answers by how they suit."""
    for answer in answers:
        if wish.communes:
            answer.is_near = _any_or_unknown([_is_near(service, wish.communes) for service in answer.services])
        if wish.spoken_language:
            speaks = [_speaks(service, wish.spoken_language) for service in answer.services]
            answer.is_understood = _any_or_unknown(speaks)
    rank = {True: 0, None: 1, False: 2}
    if wish.communes:
        answers = sorted(answers, key=lambda answer: rank[answer.is_near])
    if wish.spoken_language:
        answers = sorted(answers, key=lambda answer: (answer.is_near is False, rank[answer.is_understood]))
    return answers


def _is_near(service: Service, communes: Collection[int]) -> bool | None:
    """Tell whether a service works in one of the communes; None where nobody told us where it works."""
    if service.covers_region:
        return True
    return not set(communes).isdisjoint(service.commune_keys) if service.commune_keys else None


def _speaks(service: Service, language: str) -> bool | None:
    """Tell whether a service speaks a language; None where nobody told us which ones it speaks."""
    return language in service.spoken_languages if service.spoken_languages else None


def _any_or_unknown(told: list[bool | None]) -> bool | None:
    """True when one is true, False when all are false, None when nobody knows."""
    if True in told:
        return True
    return False if told and None not in told else None


def numbers_of(need: Need) -> tuple[list[Helpline], list[Helpline]]:
    """The emergency services, and the help lines of this need in the editor's order; one query."""
    place = NeedHelpline.objects.filter(helpline=OuterRef("pk"), need=need.pk).values("sort_order")[:1]
    emergencies = Helpline.objects.emergencies()
    known = Helpline.objects.annotate(
        place=Subquery(place), is_emergency=Q(pk__in=emergencies.order_by().values("pk"))
    )
    found = list(known.filter(Q(is_emergency=True) | Q(place__isnull=False)).order_by("pk"))
    linked = sorted((one for one in found if one.place is not None), key=lambda one: one.place)
    return [one for one in found if one.is_emergency], linked


def helplines_of(need: Need, linked: Iterable[Helpline], emergencies: Iterable[Helpline]) -> list[Helpline]:
    """The verified ones of those linked to it, emergency services first; an urgent need always has a number."""
    found = [helpline for helpline in linked if helpline.verified_on]
    if need.is_urgent and not any(helpline.number for helpline in found):
        found = [*emergencies, *found]
    return sorted(found, key=lambda helpline: helpline.kind != HelplineKind.EMERGENCY)


def outside_addresses_of(links: Iterable[NeedOutsideAddress]) -> list[OutsideAddress]:
    """Verified organisations outside the alliance, in the editor's order."""
    return [link.outside_address for link in links if link.outside_address.verified_on]


def coverage_of(need: Need, answers: Sized) -> str:
    """How far the alliance answers, in one honest sentence; empty when it answers fully."""
    if need.coverage == Coverage.NONE or not answers:
        return _("No association of the alliance answers this directly today.")
    if need.coverage == Coverage.PARTIAL:
        return _("The associations below help with a part of it.")
    return ""
