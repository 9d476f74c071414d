"""The dialogue in which the author of an article chooses a document of the library."""

from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column

from home.choosers import ScopedChooserViewSet
from library.forms import Known
from library.models import Tool
from library.search.engine import Wish, search
from library.search.query import LONGEST_QUERY

MOST_FOUND = 30


class ToolSearchForm(SearchFilterMixin, BaseFilterForm):
    """The search of the library, best first."""

    for_user: Any = None

    def filter(self, objects: QuerySet[Tool]) -> QuerySet[Tool]:
        """The tools that fit what was typed."""
        text = self.cleaned_data["q"].strip()[:LONGEST_QUERY]
        if not text:
            return objects
        self.is_searching, self.search_query = True, text
        known = Known.to(self.for_user)
        found = search(known.reader, Wish(text), known.types, known.themes).tools[:MOST_FOUND]
        places = Case(*(When(pk=key, then=place) for place, key in enumerate(found))) if found else "pk"
        return objects.filter(pk__in=found).order_by(places)


class ToolChooserViewSet(ScopedChooserViewSet):
    """Tools that the author may see; each with who else does."""

    filter_form_class = ToolSearchForm
    more_columns = (
        Column("association", label=_("Association")),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("sharing", label=_("Who sees it"), accessor="get_sharing_display"),
    )

    def scope(self, user: Any) -> QuerySet[Tool]:
        """What the library shows this person, newest first."""
        return Tool.objects.visible_to(user).select_related("association").newest_first()
