"""The two languages: which translation to show, and where the same page is in the other language."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils import translation
from translated_fields import TranslatedField, to_attribute

PagesT = TypeVar("PagesT", bound="QuerySet[Any]")

LANGUAGES = [code for code, _name in settings.LANGUAGES]
DEFAULT_LANGUAGE = settings.LANGUAGE_CODE
# A language is always named in its own words, so that its readers recognise it.
OWN_NAMES = {"fr": "Français", "nl": "Nederlands"}


@dataclass(frozen=True)
class Alternate:
    """The address of a page in one language; ``is_translation`` is false where it only leads near."""

    language: str
    url: str
    is_translation: bool = True

    @property
    def name(self) -> str:
        """The language's name in that language."""
        return OWN_NAMES[self.language]


def current_language() -> str:
    """The active language, limited to those of the site."""
    active = (translation.get_language() or DEFAULT_LANGUAGE).split("-")[0]
    return active if active in LANGUAGES else DEFAULT_LANGUAGE


def addresses_of_view(match: ResolverMatch | None) -> list[Alternate]:
    """Where a view that is not in the page tree stands in every language; none for other addresses."""
    if match is None or not match.url_name or match.url_name == "wagtail_serve":
        return []
    found = []
    for language in LANGUAGES:
        with translation.override(language), suppress(NoReverseMatch):
            found.append(Alternate(language, reverse(match.view_name, args=match.args, kwargs=match.kwargs)))
    return found if len({alternate.url for alternate in found}) == len(LANGUAGES) else []


def other_languages(language: str) -> list[str]:
    """Every language of the site but this one."""
    return [code for code in LANGUAGES if code != language]


def preferred_translations(pages: PagesT, language: str | None = None) -> PagesT:
    """Keep each page once: the one in the reader's language, else the one there is.

    Works on any queryset of pages; a page leaves only when a live translation in the reader's language is
    itself part of the queryset.
    """
    language = language or current_language()
    better = pages.order_by().filter(
        translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
    )
    return pages.filter(Q(locale__language_code=language) | ~Exists(better))


def _with_fallback(name: str, field: TranslatedField) -> Any:  # the signature that TranslatedField asks for
    def value(record: Any) -> Any:
        return getattr(record, to_attribute(name, spoken_language(record, name)))

    return value


def spoken_language(record: Any, name: str) -> str:
    """The language in which a record's field can be read: the active one, else the one that is filled in."""
    active = current_language()
    for language in (active, *other_languages(active)):
        if getattr(record, to_attribute(name, language)):
            return language
    return active


def Bilingual(field: Any, specific: Any = None) -> TranslatedField:  # reads as a field
    """A French and a Dutch column side by side; reading gives the active language, else the other.

    Templates mark the language of what they show with the ``bilingual`` tag.
    """
    return TranslatedField(field, specific, attrgetter=_with_fallback)
