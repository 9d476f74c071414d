"""How records are chosen in the CMS: a person is offered, and given, only the rows in their scope.

Wagtail's chooser offers every row to whoever enters the CMS, and tells the title of any row by its number.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params

from home.access import is_editor
from home.keys import is_key


class ScopedChooserView:
    """What the views of a chooser ask for: the rows in the person's scope."""

    request: HttpRequest
    scope: Callable[[Any], QuerySet]
    more_columns: Iterable[Column] = ()
    narrowed_by: Iterable[str] = ()
    results_template_name = "wagtailadmin/generic/chooser/results.html"  # invites nobody to add what they may not

    def get_object_list(self) -> QuerySet:
        """What is offered, narrowed by what the form around the chooser says."""
        said = {name: self.request.GET.get(name, "") for name in self.narrowed_by}
        return self.scope(self.request.user).filter(**{name: key for name, key in said.items() if is_key(key)})

    def get_filter_form(self) -> BaseFilterForm:
        """Let the form know who searches."""
        form = super().get_filter_form()  # type: ignore[misc]  # a view's
        form.for_user = self.request.user
        return form

    def get_object(self, pk: Any) -> Any:
        """The one that was chosen."""
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet:
        """Those that were chosen."""
        return self.get_object_list().filter(pk__in=pks)

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        """Let the form know who fills it in."""
        initial = {name: self.request.GET[name] for name in self.narrowed_by if name in self.request.GET}
        kwargs = super().get_creation_form_kwargs()  # type: ignore[misc]  # a view's
        return {**kwargs, "for_user": self.request.user, "initial": initial}

    @property
    def columns(self) -> list[Column]:
        """The title, and what else tells rows apart."""
        return [*super().columns, *self.more_columns]  # type: ignore[misc]  # a view's


class ScopedChooserViewSet(SnippetChooserViewSet):
    """The dialogue in which one row is chosen among those of ``scope``; open to everybody who enters the CMS.

    ``narrowed_by`` names relations by which the form around it narrows them further, in the address.
    """

    page_title = gettext_lazy("Choose")  # Wagtail's own are English for ever, read when the site starts
    search_tab_label = gettext_lazy("Search")
    filter_form_class: type[BaseFilterForm] | None = None
    more_columns: Iterable[Column] = ()
    narrowed_by: tuple[str, ...] = ()

    @property
    def preserve_url_parameters(self) -> list[str]:
        """What every address of the dialogue passes on."""
        return ["multiple", *self.narrowed_by]

    def scope(self, user: Any) -> QuerySet:
        """The rows that this person may choose, in the order in which they are offered."""
        raise NotImplementedError

    def get_urlpatterns(self) -> list[Any]:
        """Nothing can be added where there is no form for it; Wagtail's view would fail."""
        return [found for found in super().get_urlpatterns() if self.creation_form_class or found.name != "create"]

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Put the scope into every view."""
        own: dict[str, Any] = {"scope": staticmethod(self.scope)}
        own |= {"more_columns": self.more_columns, "narrowed_by": self.narrowed_by}
        own |= {"filter_form_class": self.filter_form_class} if self.filter_form_class else {}
        view: Any = super().construct_view(type(view_class.__name__, (ScopedChooserView, view_class), own), **kwargs)
        view.is_scoped = True  # read by home.back_office
        return view


def chosen_record(request: HttpRequest, app_label: str, model_name: str, pk: int) -> JsonResponse:
    """What the screen of a translation says of a record that was chosen, where its reader may see that record.

    In place of wagtail-localize's own address, which tells everybody the title of every record.
    """
    records = get_snippet_model_from_url_params(app_label, model_name)._default_manager.filter(pk=pk)
    if hasattr(records, "visible_to"):
        record = records.visible_to(request.user).first()
    else:
        record = records.first() if is_editor(request.user) else None
    edit_url = AdminURLFinder(request.user).get_edit_url(record) if record else None
    title = str(record) if record else _("Something that you cannot see")
    return JsonResponse({"id": pk, "title": title, "edit_url": edit_url})
