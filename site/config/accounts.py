"""The demo's accounts: one per role, with an e-mail address that no mail can leave for."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from members.models import Association, JobFunction, User
from members.models.user import EDITORS_GROUP
from news.actions import sync_group
from news.models import GroupNewsPage, MembershipProposal, WorkingGroup
from news.reading import mark_read
from news.seeding import seed_conversations

DOMAIN = "demo.otonom.test"
JOINED_AGO = timedelta(days=90)  # so that articles can be new to them
READ_BEFORE = timedelta(days=20)
# name, first name, last name, association, function, delegate
PEOPLE = (
    ("membre", "Camille", "Membre", "gammes", "coordination-terrain", False),
    ("coordination", "Sacha", "Coordination", "sireas-sasb-fae", "ressources-humaines", False),
    ("delegue", "Noor", "Référence", "csd-bruxelles", "direction", True),
    ("editeur", "Robin", "Édition", "pour-la-solidarite", "communication", False),
    ("admin", "Alex", "Administration", "csd-bruxelles", "informatique", False),
)


# group, who is to join it, who proposes it, a word with it
PROPOSALS = (
    ("ressources-humaines", "editeur", "editeur", "Je prépare un guide d'accueil et je cherche ce qui existe déjà."),
    ("finances", "membre", "coordination", "Vous tenez les comptes du terrain : votre avis nous serait utile."),
)


@transaction.atomic
def create_demo_accounts(password: str) -> list[str]:
    """Create or repair one account per role, all with this password; return their addresses."""
    for name, first, last, association, function, is_delegate in PEOPLE:
        joined = {"date_joined": timezone.now() - JOINED_AGO}
        user, is_new = User.objects.get_or_create(email=f"{name}@{DOMAIN}", defaults=joined)
        user.first_name, user.last_name, user.is_delegate = first, last, is_delegate
        user.association = Association.objects.filter(slug=association).first()
        user.job_function = JobFunction.objects.filter(slug=function).first()
        user.is_superuser = user.is_staff = name == "admin"
        user.is_in_directory = name != "admin"
        user.set_password(password)
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        if is_new:
            _let_read(user)
    _give_roles()
    return [f"{person[0]}@{DOMAIN}" for person in PEOPLE]


def _let_read(user: User) -> None:
    """Leave as new only what was written lately."""
    old = GroupNewsPage.objects.filter(first_published_at__lt=timezone.now() - READ_BEFORE)
    mark_read(user, list(old.order_by().values_list("translation_key", flat=True).distinct()))


def _give_roles() -> None:
    people = {user.email.split("@")[0]: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
    people["editeur"].groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    for slug, coordinator, members in (
        ("ressources-humaines", "coordination", ("membre", "delegue")),
        ("finances", "coordination", ("delegue",)),
        ("accueil-orientation", None, ("membre",)),
    ):
        group = WorkingGroup.objects.filter(slug_fr=slug).first()
        if group:
            group.coordinators.set([people[coordinator]] if coordinator else [])
            group.members.set([people[name] for name in members])
            group.save()
            sync_group(group)
    for slug, person, by, message in PROPOSALS:
        group = WorkingGroup.objects.filter(slug_fr=slug).first()
        if group and not group.proposals.filter(person=people[person]).exists():
            MembershipProposal.objects.create(
                group=group, person=people[person], proposed_by=people[by], message=message
            )
    seed_conversations(people)
