"""The terms in which ``config.personal_data`` says what is kept of people: those of article 30 of the GDPR."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from home.retention import Rule


class Basis(StrEnum):
    """Why the law allows it: article 6(1) of the GDPR."""

    CONSENT = "consent, 6(1)(a): the person chose it and can take it back"
    INTEREST = "legitimate interest, 6(1)(f): the alliance's and its members', in what the purpose says"
    DUTY = "legal obligation, 6(1)(c): to secure the data (article 32) and to account for it (article 5(2))"


class Whose(StrEnum):
    """The people whose data it is."""

    VISITORS = "whoever visits the public pages"
    WRITERS = "whoever writes through the contact form"
    MEMBERS = "people with an account: who works for a member association"
    INVITED = "people whom a colleague invited"
    EDITORS = "people who work in the CMS"


@dataclass(frozen=True)
class Kept:
    """One place where something is kept: a model (``app.Model``) or another store."""

    where: str
    what: str
    until: str = ""  # besides the rules of ``manage.py forget``: the event that ends it, or who sees to it
    lasts: timedelta | None = None  # how long, where another program sees to it
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What is kept for one purpose; ``terms`` are its entries on the privacy page, in French and in Dutch."""

    name: str
    purpose: str
    basis: Basis
    whose: Whose
    seen_by: str
    terms: tuple[str, str]
    kept: tuple[Kept, ...]
