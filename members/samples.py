"""The pieces of this app in their states, for the style guide; made up and never saved."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from laces.components import Component

from home.access import is_member
from home.trail import Step
from members.answers import NO_WISH, Wish
from members.cards import Card, CardAnswer, CardSheet
from members.components import Answer, AssociationCards, Contacts, ServiceDetails, ServiceList, SourceNote
from members.dashboard import DashboardSection, Shortcuts
from members.directory.components import CounterpartList, ReportList
from members.directory.contributions import PersonPart
from members.enums import ContactKind, ReportOutcome, ServiceStatus, SpokenLanguage, StartMode
from members.finder.components import FinderBox
from members.finder.forms import FinderForm
from members.finder.result import FinderResult, MatchedNeed
from members.models import (
    Association,
    ContactPoint,
    DirectoryReport,
    Helpline,
    JobFunction,
    Need,
    Service,
    ServiceException,
    User,
)

READ_ON = date(2026, 9, 15)
SOURCE = "https://www.exemple.be/contact"


def sample_association(order: int = 3, **fields: Any) -> Association:
    """An association that does not exist."""
    fields = {"short_name_fr": "Association exemple", "plain_fr": "Elle vous aide chez vous."} | fields
    return Association(slug="exemple", order=order, **fields)


def samples(user: Any) -> Iterator[Component]:
    """Associations, how to reach them, what they do, and the parts of the dashboard."""
    association = sample_association()
    careful = sample_association(4, notice_fr="Le service déménage : appelez avant de venir.")
    careful.is_area_unknown = True  # as the filter does
    yield AssociationCards([association, careful])
    for points in (_points(), _points()[1:], _points()[2:], []):
        yield Contacts.of(association, points)
    yield from map(ServiceDetails, _services())
    yield ServiceDetails(_services()[0], is_short=True)
    yield ServiceList(_services())
    yield ServiceList(_services()[1:])
    yield Answer(association, Contacts.of(association, _points()), _services()[:1])
    yield Answer(careful, Contacts.of(careful, []))
    yield SourceNote(Association(source_url=SOURCE, source_date="2025-09", verified_on=READ_ON))
    yield SourceNote(Association(verified_on=READ_ON))
    yield from _finder()
    yield _card(association)
    yield from _dashboard(user)


def _card(association: Association) -> CardSheet:
    """The card of an association, with its code."""
    answer = CardAnswer(association, Contacts.of(association, _points()))
    return CardSheet(Card(association, [answer]), "fr", "https://www.exemple.be/fr/membres/exemple/", "a6")


def _finder() -> Iterator[Component]:
    """The box, empty and with a mistake, and what it answers: something urgent, nothing, and to a place alone."""
    yield FinderBox(FinderForm())
    yield FinderBox(FinderForm({"words": ""}))
    near, far = (Answer(one, Contacts.of(one, _points())) for one in (sample_association(), sample_association(4)))
    far.is_near = False
    alone: dict[str, Any] = {
        "coverage": "",
        "because": ["seule", "personne"],
        "helplines": [],
        "outside_addresses": [],
    }
    need = Need(label_fr="Je suis en danger", slug_fr="exemple", is_urgent=True)
    line = Helpline(number="107", name_fr="Écoute", hours_fr="Jour et nuit", cost_fr="Gratuit")
    urgent = MatchedNeed(need, answers=[near], elsewhere=[far], **alone | {"helplines": [line]})
    calm = MatchedNeed(Need(label_fr="Je suis seul", slug_fr="exemple"), answers=[], elsewhere=[near], **alone)
    wish = Wish([0], SpokenLanguage.AR)
    yield FinderResult([urgent, calm], urgent, [], wish, ["Ixelles"]).dress()
    yield FinderResult([], None, [line], NO_WISH)
    yield FinderResult([], None, [line], wish, ["Ixelles"], names_only_a_place=True)


def _dashboard(user: Any) -> Iterator[Component]:
    more = Step("Tout voir", "#samples")
    cards = AssociationCards([sample_association()])
    for is_empty in (False, True):
        yield DashboardSection("Une partie du tableau de bord", cards, is_empty, "Il n'y a encore rien.", more)
    if is_member(user):
        yield Shortcuts(user)
        yield from _directory(user)


def _directory(user: Any) -> Iterator[Component]:
    """People with and without a number, whose names lead to one's own entry, and what colleagues report."""
    known = User(
        pk=user.pk,
        first_name="Awa",
        last_name="Exemple",
        email="awa@exemple.be",
        association=sample_association(),
        job_function=JobFunction(slug="exemple", name_fr="Ressources humaines"),
        phone="02 123 45 67",
        best_hours="Le matin",
        ask_me_about="Horaires à temps partiel",
    )
    old = User(pk=user.pk, first_name="Tom", last_name="Exemple", email="tom@exemple.be")
    old.details_confirmed_on = date(2020, 1, 1)
    yield CounterpartList([known, old])
    yield PersonPart("Une partie de la page d'une personne", CounterpartList([known]))
    gap = {"association": known.association, "job_function": known.job_function, "message": "Peut-être Awa ?"}
    yield ReportList(
        [
            DirectoryReport(pk=1, reported_by=old, **gap),
            DirectoryReport(pk=2, person=known, outcome=ReportOutcome.DISMISSED, handled_at=timezone.now()),
        ]
    )


def _points() -> list[ContactPoint]:
    """A number, a website and an e-mail address that somebody verified."""
    values = [
        (ContactKind.PHONE, "02 123 45 67", {"label_fr": "Accueil", "hours_fr": "en semaine, de 9 h à 16 h"}),
        (ContactKind.WEBSITE, "https://www.exemple.be", {}),
        (ContactKind.EMAIL, "accueil@exemple.be", {"label_fr": "Accueil"}),
    ]
    return [ContactPoint(kind=kind, value=value, verified_on=READ_ON, **words) for kind, value, words in values]


def _services() -> list[Service]:
    """One of which everything is known, one that is suspended, and one of which nothing is known."""
    known = Service(
        label_fr="Service bien connu",
        summary_fr="Quelqu'un vient chez vous.",
        how_to_start_fr="Appelez, puis nous passons vous voir.",
        for_whom_fr="Les personnes de plus de 65 ans.",
        covers_region=True,
        cost_fr="Gratuit",
        hours_fr="En semaine, de 9 h à 16 h",
        hours_verified_on=READ_ON,
        spoken_languages=[SpokenLanguage.FR, SpokenLanguage.NL],
        papers_fr="Votre carte d'identité",
    )
    usual = ServiceException(starts_on=date(2026, 12, 24), ends_on=date(2027, 1, 3), note_fr="Fermé")
    known.exceptions_ahead = [usual]  # as the queryset does
    suspended = Service(
        label_fr="Service suspendu",
        notice_fr="Il reprend au printemps.",
        status=ServiceStatus.SUSPENDED,
        start_modes=[StartMode.CALL, StartMode.FORM],
        is_for_everyone=True,
    )
    unknown = Service(label_fr="Service dont on ne sait presque rien")
    for service in (suspended, unknown):
        service.commune_names_fr = service.commune_names_nl = []  # as the queryset does
    return [known, suspended, unknown]
