"""Makes the associations of a large alliance and the people who work there, with their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Self

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils import timezone
from faker import Faker

from home.languages import LANGUAGES
from home.seeding import SEED, fields, read
from members.enums import ContactKind, ReportOutcome
from members.models import Association, ContactPoint, DirectoryReport, Invitation, JobFunction, Transfer, User
from members.models.user import EDITORS_GROUP
from news.models import FeedKey

EDITORS = 2
WORK = ("subsides", "agréments", "horaires", "facturen", "vrijwilligers", "stagiaires", "RGPD", "onthaal", "véhicules")
HOURS = ("mardi matin", "lundi au jeudi", "dinsdagvoormiddag", "van 9 tot 12 uur", "l'après-midi", "")
LONG_AGO = 400  # days since everybody joined: what is new to them is what is new to anybody
SPOKEN = ("en", "ar", "tr", "es", "pt", "pl", "ro")


@dataclass(frozen=True)
class Sizes:
    """How much there is of everything; ``members`` and ``meetings`` are those of one group."""

    associations: int = 200
    people: int = 5_000
    groups: int = 100
    articles: int = 5_000
    comments: int = 20_000
    members: int = 50
    meetings: int = 20

    def divided_by(self, number: int) -> Self:
        """A smaller alliance whose groups are as large."""
        names = ("associations", "people", "groups", "articles", "comments")
        return replace(self, **{name: max(getattr(self, name) // number, 2) for name in names})


LARGE = Sizes()


@dataclass(frozen=True)
class Alliance:
    """The people and associations that were made; the first associations and people are those that one measures."""

    sizes: Sizes
    associations: list[Association]
    people: list[User]

    @property
    def roles(self) -> dict[str, User]:
        """One person of each role; ``_person`` gives them their rights, ``group_data`` their groups."""
        first = self.sizes.associations
        return {
            "delegate": self.people[0],
            "editor": self.people[first],
            "administrator": self.people[first + EDITORS],
            "member": self.people[first + EDITORS + 1],
            "coordinator": self.people[first + EDITORS + 2],
        }


def add_people(sizes: Sizes) -> Alliance:
    """The associations and everybody who works there, with what accounts and the directory keep of them."""
    random = Random(7)  # noqa: S311  # the same people in every run
    associations = Association.objects.bulk_create(_association(number) for number in range(sizes.associations))
    ContactPoint.objects.bulk_create(_phone(one) for one in associations)
    functions = JobFunction.objects.bulk_create(
        JobFunction(**fields(JobFunction, facts)) for facts in read(SEED / "vocabulary.yaml")["functions"]
    )
    people = User.objects.bulk_create(_people(sizes, associations, functions, random), batch_size=1_000)
    alliance = Alliance(sizes, associations, people)
    _stand_ins(alliance)
    _accounts(alliance)
    _reports(alliance, functions)
    return alliance


def _association(number: int) -> Association:
    words = {
        f"{field}_{language}": f"{word} {number}"
        for language, word in (("fr", "Maison"), ("nl", "Huis"))
        for field in ("name", "short_name", "plain", "description")
    }
    now = timezone.now()
    return Association(slug=f"bench-{number}", order=number, first_published_at=now, **words)


def _phone(association: Association) -> ContactPoint:
    number = f"02 500 {association.order // 100:02} {association.order % 100:02}"
    return ContactPoint(
        association=association, kind=ContactKind.PHONE, value=number, verified_on=timezone.localdate(), sort_order=0
    )


def _people(
    sizes: Sizes, associations: list[Association], functions: list[JobFunction], random: Random
) -> Iterator[User]:
    """One after the other through the associations, so that the first of each is its delegate."""
    names = {"fr": Faker("fr_BE"), "nl": Faker("nl_BE")}
    for language, faker in names.items():
        faker.seed_instance(language)
    today, joined = timezone.localdate(), timezone.now() - timedelta(days=LONG_AGO)
    for number in range(sizes.people):
        language = "fr" if number % 5 < 3 else "nl"
        is_ordinary = number >= sizes.associations + EDITORS + 3
        yield User(
            email=f"bench{number}@example.org",
            password="!",
            first_name=names[language].first_name(),
            last_name=names[language].last_name(),
            language=language,
            association=associations[number % sizes.associations],
            job_function=functions[1] if not is_ordinary else random.choice(functions),
            phone=f"02 {number // 10_000 + 200} {number // 100 % 100:02} {number % 100:02}" if number % 10 else "",
            spoken_languages=[language, *random.sample(SPOKEN, random.randrange(3))],
            ask_me_about=", ".join(random.sample(WORK, 2)) if number % 3 else "",
            best_hours=HOURS[number % len(HOURS)],
            is_in_directory=not is_ordinary or number % 7 != 3,
            details_confirmed_on=today - timedelta(days=number * 7 % 500),
            is_delegate=number < sizes.associations,
            is_superuser=number == sizes.associations + EDITORS,
            is_active=not is_ordinary or number % 25 != 7,
            date_joined=joined,
            closed_at=timezone.now() if is_ordinary and number % 25 == 7 else None,
        )


def _stand_ins(alliance: Alliance) -> None:
    """A third have a colleague who answers for them: the next one of their association."""
    step = alliance.sizes.associations
    changed = alliance.people[:-step:3]
    for place, person in enumerate(changed):
        person.stand_in = alliance.people[3 * place + step]
    User.objects.bulk_update(changed, ["stand_in"], batch_size=1_000)


def _accounts(alliance: Alliance) -> None:
    """Addresses that sign in, second factors, private addresses; invitations and transfers that wait."""
    people, roles, first = alliance.people, alliance.roles, alliance.sizes.associations
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people), batch_size=1_000
    )
    strong = [*people[:first], *people[first : first + EDITORS + 1]]
    Authenticator.objects.bulk_create(Authenticator(user=one, type="totp", data={}) for one in strong)
    Group.objects.get_or_create(name=EDITORS_GROUP)[0].user_set.set(people[first : first + EDITORS])
    FeedKey.objects.bulk_create(FeedKey(owner=one) for one in people[::5] if one not in roles.values())
    FeedKey.objects.bulk_create(FeedKey(owner=one) for one in roles.values())
    _invitations(alliance)
    moving = people[2 * first + 1 :: first][:3]  # colleagues of the second association, to the first
    Transfer.objects.bulk_create(
        Transfer(person=one, to=alliance.associations[0], proposed_by=people[1]) for one in moving
    )


def _invitations(alliance: Alliance) -> None:
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            email=f"new{association.order}-{number}@example.org",
            association=association,
            language=LANGUAGES[number % 2],
            invited_by=alliance.people[association.order],
            sent_at=now - timedelta(days=10 * number),
        )
        for association in alliance.associations
        for number in range(3)
    )


def _reports(alliance: Alliance, functions: list[JobFunction]) -> None:
    """For every other association a gap that waits and one that was handled."""
    now = timezone.now()
    DirectoryReport.objects.bulk_create(
        DirectoryReport(
            association=association,
            job_function=functions[association.order % len(functions)],
            message="Qui s'en occupe chez vous ?",
            reported_by=alliance.people[-1],
            outcome=outcome,
            handled_at=None if outcome == ReportOutcome.OPEN else now,
        )
        for association in alliance.associations[::2]
        for outcome in (ReportOutcome.OPEN, ReportOutcome.DONE)
    )
