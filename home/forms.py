"""How forms look: one template for every field, with its message next to it."""

from typing import Any

from django.forms import Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    """Renders fields with the templates of the project."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class LongSelect(Select):
    """A menu of hundreds of choices without groups, written at once: Django draws two templates for each."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        widget = context["widget"]
        choices = (choice for _label, choices, _place in widget["optgroups"] for choice in choices)
        values = (
            (choice["value"], flatatt(choice["attrs"]) if choice["attrs"] else "", choice["label"])
            for choice in choices
        )
        options = format_html_join("\n", '<option value="{}"{}>{}</option>', values)
        return format_html('<select name="{}"{}>\n{}\n</select>', widget["name"], flatatt(widget["attrs"]), options)
