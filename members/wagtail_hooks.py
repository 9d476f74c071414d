"""The records of this app in the CMS."""

from wagtail.snippets.models import register_snippet

from members.viewsets import AssociationsGroup, NeedsGroup, VocabularyGroup

register_snippet(AssociationsGroup)
register_snippet(NeedsGroup)
register_snippet(VocabularyGroup)
