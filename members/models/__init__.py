"""The models of associations, needs and people."""

from members.models.association import Address, Association, ContactPoint
from members.models.audit import AuditEntry
from members.models.directory import DirectoryReport
from members.models.finder import FinderVersion, PhraseVector, UnansweredQuery, UnknownWord, UnrelatedPhrase
from members.models.invitation import Invitation
from members.models.need import (
    Helpline,
    Need,
    NeedAnswer,
    NeedGroup,
    NeedHelpline,
    NeedOutsideAddress,
    OutsideAddress,
)
from members.models.outgoing_mail import OutgoingMail
from members.models.pages import AssociationIndexPage, CharterPage, NeedIndexPage
from members.models.service import Service, ServiceException
from members.models.transfer import Transfer
from members.models.user import User
from members.models.vocabulary import Audience, Commune, JobFunction

__all__ = [
    "Address",
    "Association",
    "AssociationIndexPage",
    "Audience",
    "AuditEntry",
    "CharterPage",
    "Commune",
    "ContactPoint",
    "DirectoryReport",
    "FinderVersion",
    "Helpline",
    "Invitation",
    "JobFunction",
    "Need",
    "NeedAnswer",
    "NeedGroup",
    "NeedHelpline",
    "NeedIndexPage",
    "NeedOutsideAddress",
    "OutgoingMail",
    "OutsideAddress",
    "PhraseVector",
    "Service",
    "ServiceException",
    "Transfer",
    "UnansweredQuery",
    "UnknownWord",
    "UnrelatedPhrase",
    "User",
]
