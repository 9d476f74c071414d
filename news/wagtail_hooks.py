"""Working groups and meetings in the CMS."""

from wagtail.snippets.models import register_snippet

from news.viewsets import GroupsGroup

register_snippet(GroupsGroup)
