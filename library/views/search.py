"""The search of the library, and the searches that people save."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.languages import current_language
from home.trail import Step, member_trail
from library.forms import Known, SearchForm
from library.models import SavedSearch
from library.search.components import ResultList
from library.search.results import Results
from library.search.saving import described, form_of, save_search
from members.finder.discretion import discreet

LIVE = "X-Live"  # sent by library.js, which asks for the answer alone


@member_required
@discreet
def tool_list(request: HttpRequest) -> HttpResponse:
    """What colleagues share with this person: all of it, or what fits the words and filters in the address."""
    form = SearchForm(request.GET, known=Known.to(request.user))
    results = Results.of(form, request.GET.get("page"))
    is_live = LIVE in request.headers
    context = {
        "form": form,
        "is_live": is_live,
        "results": results,
        "list": ResultList(results.shown),
        "pagination": Pagination(results.page, request.GET),
        "trail": member_trail(),
    }
    return render(request, "library/tools_live.html" if is_live else "library/tools.html", context)


@member_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """One's saved searches, each with the way to delete it."""
    known = Known.to(request.user)
    own = SavedSearch.objects.visible_to(request.user)
    context = {
        "searches": [(saved, described(form_of(saved, known))) for saved in own],
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
    }
    return render(request, "library/saved_searches.html", context)


@require_POST
@member_required
@discreet
def keep_search(request: HttpRequest) -> HttpResponse:
    """Save the search that stands on the page."""
    form = SearchForm(QueryDict(request.POST.get("query", "")), known=Known.to(request.user))
    try:
        save_search(form=form, by=request.user, language=current_language())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, _("Saved. You get a letter when something new fits."))
    return redirect(f"{reverse('library:tools')}?{form.address()}")


@require_POST
@member_required
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search."""
    get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, _("The search is deleted. No letter comes of it any more."))
    return redirect("library:saved_searches")
