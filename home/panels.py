"""Admin panels for records with both languages in one form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


def both(name: str, **kwargs: Any) -> FieldRowPanel:
    """The French and the Dutch column of a field, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_fr", **kwargs), FieldPanel(f"{name}_nl", **kwargs)])


def provenance() -> MultiFieldPanel:
    """Where a fact comes from and when it was verified."""
    return MultiFieldPanel(
        [FieldPanel("source_url"), FieldRowPanel([FieldPanel("source_date"), FieldPanel("verified_on")])],
        heading=_("Where it comes from"),
    )
