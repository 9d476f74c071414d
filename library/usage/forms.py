"""Chooses the months of the usage page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.usage.numbers import periods

DEFAULT = "12"


class PeriodForm(forms.Form):
    """The period; one that does not exist is said next to the field, and the default is shown."""

    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.periods = periods()
        field: Any = self.fields["period"]
        field.choices = [(key, label) for key, (label, _months) in self.periods.items()]

    @property
    def months(self) -> list[date]:
        """The first days of the months of the period."""
        self.is_valid()
        return self.periods[self.cleaned_data.get("period") or DEFAULT][1]
