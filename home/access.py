"""Who may see what: the one door through which pages, lists, search, feeds and files go.

Every model with something to hide has a QuerySet with ``visible_to(user)`` and a predicate
``is_visible_to(user)`` that agrees with it. Wagtail's page privacy is not used: it leaks across languages.
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from wagtail.models import Page, PageManager, PageQuerySet, get_page_models


class VisiblePageQuerySet(PageQuerySet):
    """Pages that know who may see them."""

    def visible_to(self, user: Any) -> "VisiblePageQuerySet":
        """Live pages that this user may read; public page types are for everyone."""
        return self.live()


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)


@cache
def member_only_models() -> list[type[Page]]:
    """Page types that only people who signed in may see."""
    return [model for model in get_page_models() if getattr(model, "is_member_only", False)]


def private_paths() -> QuerySet[Page, str]:
    """The tops of the parts of the page tree that are not public; they stand right below the home pages."""
    return Page.objects.exact_type(*member_only_models()).filter(depth=3).values_list("path", flat=True)


def public_pages(*but: type[Page]) -> QuerySet[Page]:
    """Every live page that a visitor may read, in every language, without some types of page.

    The types that are meant are named, so that the index finds a few pages among very many articles.
    """
    types = [model for model in get_page_models() if model not in {*member_only_models(), *but}]
    return Page.objects.live().exact_type(*types).filter(depth__gt=1)


def pages_of_site_map() -> QuerySet[Page]:
    """Those of them that the site map for people names; of the others it names the list."""
    return public_pages(*(model for model in get_page_models() if not getattr(model, "is_on_site_map", True)))


def is_member(user: Any) -> bool:
    """Tell whether this is a signed-in worker of the alliance."""
    return bool(user.is_authenticated and user.is_active)


def is_editor(user: Any) -> bool:
    """Tell whether this is somebody who publishes for the whole alliance."""
    return is_member(user) and bool(user.is_editor)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and back afterwards."""
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def member_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only members in, ask others to sign in, and keep every answer out of shared caches."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_member(request.user):
            return ask_to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.is_member_only = True  # type: ignore[attr-defined]  # read by the test that walks every URL
    return guarded


def guard_page(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Stop a request for a page that its reader may not see; None lets it pass."""
    if not getattr(page, "is_member_only", False):
        return None
    if not is_member(request.user):
        return ask_to_sign_in(request)
    if not page.is_visible_to(request.user):
        raise Http404  # as if it were not there, like the group's page and its tools
    return None
