"""One of everything that people write or see, with somebody of each role; small, so that every page is read often."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members.models import CharterPage, DirectoryReport, User
from news.models import FeedKey
from tests.factories.giving import hand_in
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, MeetingFactory, make_member_area
from tests.factories.home import ContactPageFactory, StandardPageFactory, in_both, make_homes
from tests.factories.joining import GroupInvitationFactory, RequestFactory, browser, group_of
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file, with_text
from tests.factories.meetings import AttendanceFactory
from tests.factories.members import (
    AssociationFactory,
    AssociationIndexPageFactory,
    CharterPageFactory,
    HelplineFactory,
    NeedFactory,
    NeedIndexPageFactory,
    OutsideAddressFactory,
    ServiceFactory,
    add_address,
    add_contact,
    answer,
    attach,
)
from tests.factories.news import NewsIndexPageFactory, NewsPageFactory
from tests.factories.people import InvitationFactory, JobFunctionFactory, UserFactory

BODY = [
    ("heading", "Titre"),
    ("text", "<p>Texte</p>"),
    ("quote", {"text": "Citation", "author": "Ana"}),
    ("notice", {"title": "Avis", "text": "<p>Attention</p>"}),
    ("questions", {"title": "Vos questions", "items": [{"question": "Qui ?", "answer": "<p>Nous.</p>"}]}),
    ("definitions", {"title": "Mots", "items": [{"term": "ASBL", "description": "<p>Association</p>"}]}),
    ("steps", {"title": "Étapes", "items": [{"title": "Un", "text": "<p>D'abord</p>"}]}),
    ("button", {"label": "Aller", "page": None, "address": "https://www.belgium.be/"}),
]


def make_world() -> dict[str, User]:
    """Everything; gives the people by role."""
    homes = make_homes()
    make_member_area()
    own = AssociationFactory(has_signed_charter=True)
    people = _people(own)
    _public_pages(homes, own)
    _needs(own)
    _groups(people)
    _tools(own, people)
    _accounts(own, people)
    return people


def _people(own: Any) -> dict[str, User]:
    facts: dict[str, Any] = {
        "association": own,
        "job_function": JobFunctionFactory(),
        "phone": "02 555 01 01",
        "ask_me_about": "Les horaires",
        "best_hours": "Le matin",
    }
    roles: dict[str, dict[str, Any]] = {
        "member": {},
        "coordinator": {},
        "delegate": {"is_delegate": True},
        "editor": {"is_editor": True},
        "administrator": {"is_superuser": True, "is_staff": True},
    }
    people = {role: UserFactory(**facts, **more) for role, more in roles.items()}
    UserFactory(**{**facts, "association": AssociationFactory(), "stand_in": None})
    return people


def _public_pages(homes: dict[str, Any], own: Any) -> None:
    in_both(ContactPageFactory, homes, fr="contact", nl="contact")
    in_both(AssociationIndexPageFactory, homes, fr="membres", nl="leden")
    in_both(NeedIndexPageFactory, homes, fr="trouver", nl="vinden")
    in_both(CharterPageFactory, homes, fr="charte", nl="charter")
    CharterPage.objects.update(articles=[("article", {"title": "Autonomie", "text": "<p>Chacune décide.</p>"})])
    StandardPageFactory(parent=homes["fr"], slug="alliance", body=BODY, show_in_menus=True)
    news = in_both(NewsIndexPageFactory, homes, fr="actualites", nl="nieuws")
    article = NewsPageFactory(parent=news["fr"], body=BODY)
    article.associations.set([own])
    article.save()


def _needs(own: Any) -> None:
    service = ServiceFactory(association=own)
    add_contact(own, "02 555 02 02")
    add_address(own, "Rue Haute 1")
    for is_urgent in (True, False):
        need = NeedFactory(is_urgent=is_urgent)
        answer(need, own, service)
        attach(need, HelplineFactory(), OutsideAddressFactory())


def _groups(people: dict[str, User]) -> None:
    open_group = group_of(people["member"], people["delegate"], coordinators=[people["coordinator"]])
    closed = group_of(people["delegate"], coordinators=[people["administrator"]], is_open=False)
    for group in (open_group, closed):
        article = GroupNewsPageFactory(group=group, body=BODY[:2], owner=people["coordinator"])
        CommentFactory(article=article, author=people["delegate"])
        for days in (7, -7):
            meeting = MeetingFactory(group=group, starts_at=timezone.now() + timedelta(days=days))
            AttendanceFactory(meeting=meeting, person=people["delegate"])
    RequestFactory(group=open_group, person=people["editor"])
    other = group_of(coordinators=[people["coordinator"]])
    GroupInvitationFactory(group=other, person=people["member"])


def _tools(own: Any, people: dict[str, User]) -> None:
    kind, theme = ToolTypeFactory(), ThemeFactory()
    for sharing in ("alliance", "association", "public"):
        tool = ToolFactory(association=own, type=kind, sharing=sharing, contact=people["delegate"], origin="Ailleurs")
        tool.themes.set([theme])
        tool.save()
        with_text(tool, "Un texte que l'on cherche.")
        with_file(tool, "modèle 2.pdf", note="Revu")
    ToolFactory(type=kind, sharing="association")
    hand_in(browser(people["member"]))


def _accounts(own: Any, people: dict[str, User]) -> None:
    InvitationFactory(association=own, invited_by=people["delegate"])
    FeedKey.objects.create(owner=people["member"])
    person, by = people["coordinator"], people["member"]
    DirectoryReport.objects.create(association=own, person=person, reported_by=by, message="Parti")
