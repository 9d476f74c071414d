"""The records of associations, needs and vocabulary in the CMS."""

from members.viewsets.association import AssociationsGroup
from members.viewsets.need import NeedsGroup
from members.viewsets.vocabulary import VocabularyGroup

__all__ = ["AssociationsGroup", "NeedsGroup", "VocabularyGroup"]
