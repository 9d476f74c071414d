"""The records of associations, needs and vocabulary in the CMS."""

from members.viewsets.association import AssociationsGroup
from members.viewsets.need import NeedsGroup
from members.viewsets.outgoing_mail import OutgoingMailViewSet
from members.viewsets.vocabulary import VocabularyGroup

__all__ = ["AssociationsGroup", "NeedsGroup", "OutgoingMailViewSet", "VocabularyGroup"]
