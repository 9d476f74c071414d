"""How forms look: one template for every field, with its message next to it."""

from html import escape  # Django's own asks of each text first whether it is lazy
from typing import Any

from django.forms import Select
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    """Renders fields with the templates of the project."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


SELECTED = flatatt({"selected": True})


class LongSelect(Select):
    """A menu of hundreds of choices without groups, written at once: Django describes each and draws two templates."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The menu as Django would write it; its values are there once, and are not None."""
        chosen = self.format_value(value)
        options = (
            f'<option value="{escape(str(key))}"{SELECTED if str(key) in chosen else ""}>{escape(str(label))}</option>'
            for key, label in self.choices
        )
        own = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<select name="{}"{}>\n{}\n</select>', name, own, SafeString("\n".join(options)))
