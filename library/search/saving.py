"""Searches that people save, and the notice of what newly fits them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from library.forms import Known, SearchForm
from library.models import SavedSearch, Tool
from library.search.engine import search
from members.models import User
from members.tasks import send_later

MOST_SAVED = 50  # a person
LONGEST = 600  # characters, as SavedSearch.query
MOST_TOLD = 20  # tools of one search in one letter; the link leads to all


@dataclass(frozen=True)
class News:
    """A saved search with the tools that newly fit it."""

    saved: SavedSearch
    words: str
    tools: list[Tool]
    number: int

    @property
    def address(self) -> str:
        """The search itself, as it stands in a letter."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('library:tools')}?{self.saved.query}"


def form_of(saved: SavedSearch, known: Known) -> SearchForm:
    """The form as it was filled in, for this person today."""
    return SearchForm(QueryDict(saved.query), known=known)


def fitting(form: SearchForm) -> list[int]:
    """Every tool that fits now and that this person may see."""
    return list(search(form.known.reader, form.wish, form.known.types, form.known.themes).tools)


@transaction.atomic
def save_search(*, form: SearchForm, by: Any, language: str) -> SavedSearch:
    """Keep a search; what fits it today is known and will not be told.

    Raises ``ValidationError`` for a search of everything, one that is not in order, and one too many.
    """
    query = form.address(sort="")
    if form.errors or not query or len(query) > LONGEST:
        raise ValidationError(_("Search for something first, or choose a filter: then you can save it."))
    User.objects.select_for_update().get(pk=by.pk)  # two clicks at once save it once
    own = SavedSearch.objects.visible_to(by)
    if own.exclude(query=query).count() >= MOST_SAVED:
        raise ValidationError(_("You have saved many searches. Delete one first."))
    saved, is_new = own.get_or_create(query=query, defaults={"owner": by, "language": language})
    if is_new:
        saved.told = fitting(form)
        saved.save(update_fields=["told"])
    return saved


def tell_news(searches: Iterable[SavedSearch]) -> int:
    """Write to the owners of these searches what newly fits them; returns the number of letters."""
    by_owner: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for saved in searches:
        by_owner[saved.owner_id, saved.language].append(saved.pk)
    return sum(_tell(owner, language, keys) for (owner, language), keys in by_owner.items())


@transaction.atomic
def _tell(owner_id: int, language: str, keys: list[int]) -> bool:
    """One letter for all searches of a person in a language; another run at the same moment leaves them alone."""
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    locked = SavedSearch.objects.select_for_update(skip_locked=True).filter(pk__in=keys).order_by("pk")
    with override(language):
        news = _news(locked, Known.to(owner)) if owner else []
        if news:
            _write(owner, news)
    return bool(news)


def _news(searches: Iterable[SavedSearch], known: Known) -> list[News]:
    return [news for saved in searches if (news := _news_of(saved, known))]


def _news_of(saved: SavedSearch, known: Known) -> News | None:
    """What fits now and did not before; from now on it counts as told."""
    form = form_of(saved, known)
    now = fitting(form)
    told = set(saved.told)
    new = [tool for tool in now if tool not in told]
    saved.told, saved.told_at = sorted(told | set(now)), timezone.now()
    saved.save(update_fields=["told", "told_at"])
    tools = Tool.objects.visible_to(known.reader.user).select_related("association").in_bulk(new[:MOST_TOLD])
    shown = [tools[key] for key in new[:MOST_TOLD] if key in tools]
    return News(saved, described(form), shown, len(new)) if shown else None


def _write(owner: Any, news: list[News]) -> None:
    context = {
        "owner": owner,
        "news": news,
        "count": len({tool.pk for one in news for tool in one.tools}),
        "site": settings.WAGTAILADMIN_BASE_URL,
        "stop": settings.WAGTAILADMIN_BASE_URL + reverse("library:saved_searches"),
    }
    subject = " ".join(render_to_string("emails/saved_search_subject.txt", context).split())
    send_later(subject, render_to_string("emails/saved_search.txt", context), owner.email)


def described(form: SearchForm) -> str:
    """A search in words, in the active language."""
    words = form.cleaned_data.get("q", "")
    quoted = [_("“%(words)s”") % {"words": words}] if words else []
    return " · ".join([*quoted, *(str(chip.label) for chip in form.chips())])
