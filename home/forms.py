"""How forms look: one template for every field, with its message next to it."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders fields with the templates of the project."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
