"""Tags that every template may use."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from home.languages import current_language, spoken_language, to_attribute

register = template.Library()


@register.simple_tag
def bilingual(record: Any, name: str) -> SafeString | str:
    """A record's bilingual field, marked with its language where only the other one is known."""
    language = spoken_language(record, name)
    value = conditional_escape(getattr(record, to_attribute(name, language)))
    return value if language == current_language() else format_html('<span lang="{}">{}</span>', language, value)
