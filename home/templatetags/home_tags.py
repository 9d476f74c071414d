"""Tags that every template may use."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from translated_fields import to_attribute

from home.frame import frame_of
from home.languages import DEFAULT_LANGUAGE, Alternate, current_language, spoken_language
from home.navigation import Entry, Menu, menu_of
from home.page_cache.memory import MEMORY
from home.page_links import with_links
from home.telephone import dialable

register = template.Library()
register.filter(dialable)


@register.simple_tag
def bilingual(record: Any, name: str) -> SafeString | str:
    """A record's bilingual field, marked with its language where only the other one is known."""
    language = spoken_language(record, name)
    value = conditional_escape(getattr(record, to_attribute(name, language)))
    return value if language == current_language() else format_html('<span lang="{}">{}</span>', language, value)


@register.simple_tag
def language_of(record: Any, name: str) -> str:
    """The language in which a record's bilingual field is shown."""
    return spoken_language(record, name)


@register.simple_tag
def remembered(template_name: str, **words: str | bool | Sequence[Entry] | Entry | None) -> SafeString:
    """A part that is the same for every reader of a language, drawn once until something public changes.

    Its template gets these words and nothing else: neither the request nor who is reading. Other words are another
    part, so they are what says all of itself, and no record.
    """
    name = f"{template_name} {current_language()} {sorted(words.items())}"
    return MEMORY.value(name, lambda: with_links(lambda: render_to_string(template_name, words)))


class LinksAtOnce(template.Node):
    """Draws what stands in it, with the addresses of all its pages looked up together."""

    child_nodelists = ("inner",)

    def __init__(self, inner: template.NodeList) -> None:
        self.inner = inner

    def render(self, context: Context) -> SafeString:
        """Draw it."""
        return with_links(lambda: self.inner.render(context))


@register.tag
def links_at_once(parser: Parser, token: Token) -> LinksAtOnce:
    """Around the content of a page: however many texts link to our pages, the database is asked once."""
    inner = parser.parse(("end_links_at_once",))
    parser.delete_first_token()
    return LinksAtOnce(inner)


@register.simple_tag(takes_context=True)
def menu(context: Context) -> Menu:
    """The menu of the active language."""
    request = context.get("request")
    return menu_of(request) if request else Menu()


@register.simple_tag(takes_context=True)
def alliance(context: Context) -> Any:
    """How to reach the alliance, as far as it is known, and what else the frame of a page shows."""
    return frame_of(context.get("request"))


@register.simple_tag(takes_context=True)
def absolute(context: Context, url: str) -> str:
    """An address with its host, as other machines need it."""
    request = context.get("request")
    return request.build_absolute_uri(url) if request else url


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of this page: its place in a long list, and of a list that is filtered the whole one."""
    request = context["request"]
    number = request.GET.get("page", "")
    is_filtered = any(value for name, value in request.GET.items() if name != "page")
    query = f"?page={number}" if number.isdecimal() and number != "1" and not is_filtered else ""
    return request.build_absolute_uri(request.path + query)


@register.filter
def translations(alternates: list[Alternate] | None) -> list[Alternate]:
    """The languages in which this very page exists, its own among them."""
    return [alternate for alternate in alternates or [] if alternate.is_translation]


@register.filter
def source_language(alternates: list[Alternate]) -> Alternate | None:
    """The version for readers of any other language: the French one."""
    return next((alternate for alternate in alternates if alternate.language == DEFAULT_LANGUAGE), None)


@register.filter
def anchor(text: Any) -> str:
    """The anchor of a heading."""
    return slugify(text)


@register.filter
def headings(body: Any) -> list[str]:
    """The headings of a page's body, for its table of contents."""
    found = (
        block.value if block.block_type == "heading" else block.value.get("title")
        for block in body
        if block.block_type in ("heading", "questions", "definitions", "steps")
    )
    return [heading for heading in found if heading]
