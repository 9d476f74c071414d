"""The library in the CMS."""

from wagtail.snippets.models import register_snippet

from library.viewsets import LibraryGroup

register_snippet(LibraryGroup)
