"""Admin panels and form fields for records with both languages in one form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput

from home.languages import LANGUAGES, OWN_NAMES


class MarkedPanel:
    """Names the language of a column in its label, and tells it to the browser's spelling checker."""

    field_name: str
    bound_field: Any
    heading: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.bound_field is not None:
            language = self.field_name.rsplit("_", 1)[-1]
            self.heading = self.bound_field.label = f"{self.heading} ({OWN_NAMES[language]})"
            self.bound_field.field.widget.attrs["lang"] = language


class LanguagePanel(FieldPanel):
    """One language's column of a field."""

    class BoundPanel(MarkedPanel, FieldPanel.BoundPanel):
        """Its label names the language."""


class LanguageTitlePanel(TitleFieldPanel):
    """One language's column of a field from which the last part of an address is filled in."""

    class BoundPanel(MarkedPanel, TitleFieldPanel.BoundPanel):
        """Its label names the language."""


def both(name: str, **kwargs: Any) -> FieldRowPanel:
    """The French and the Dutch column of a field, side by side."""
    return FieldRowPanel([LanguagePanel(f"{name}_{code}", **kwargs) for code in LANGUAGES])


def title(name: str, target: str = "slug") -> TitleFieldPanel:
    """A field from which the last part of an address is filled in."""
    return TitleFieldPanel(name, targets=[target], placeholder=False, classname="")


def both_with_title(name: str) -> FieldRowPanel:
    """The name in both languages; the French one fills in the record's only address."""
    panel = LanguageTitlePanel(f"{name}_fr", targets=["slug"], placeholder=False, classname="")
    return FieldRowPanel([panel, LanguagePanel(f"{name}_nl")])


def title_in_both(name: str) -> FieldRowPanel:
    """The name in both languages, each filling in the address of its language."""
    return FieldRowPanel(
        [
            LanguageTitlePanel(f"{name}_{code}", targets=[f"slug_{code}"], placeholder=False, classname="")
            for code in LANGUAGES
        ]
    )


def slug() -> FieldPanel:
    """The last part of an address, filled in from the title and editable."""
    return FieldPanel("slug", widget=SlugInput)


def slug_in_both() -> FieldRowPanel:
    """The last part of the address in both languages."""
    return both("slug", widget=SlugInput)


def choice(name: str, **kwargs: Any) -> FieldPanel:
    """A related record from a plain list instead of a dialogue."""
    return FieldPanel(name, widget=forms.Select, **kwargs)


def several(name: str, **kwargs: Any) -> FieldPanel:
    """Related records as boxes to tick."""
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple, **kwargs)


def provenance() -> MultiFieldPanel:
    """Where a fact comes from and when it was verified."""
    return MultiFieldPanel(
        [FieldPanel("source_url"), FieldRowPanel([FieldPanel("source_date"), FieldPanel("verified_on")])],
        heading=_("Where it comes from"),
    )


class TickedField(forms.TypedMultipleChoiceField):
    """A list of choices, kept in one column, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class LinesField(forms.CharField):
    """A list of words, one a line; empty lines and repetitions are left out, lines over ``longest`` refused."""

    widget = forms.Textarea

    def __init__(self, *, longest: int | None = None, **kwargs: Any) -> None:
        super().__init__(**({"help_text": _("One a line.")} | kwargs))
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        """Show the list as lines; what somebody typed is shown as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list, not one word
        """The words of the list, in order."""
        return list(dict.fromkeys(_lines(value)))

    def validate(self, value: Any) -> None:
        """Name the line that is too long."""
        super().validate(value)
        for line in value:
            if self.longest and len(line) > self.longest:
                message = _("“%(line)s…” is too long: it has %(length)d characters, at most %(longest)d fit.")
                raise forms.ValidationError(
                    message, params={"line": line[:40], "length": len(line), "longest": self.longest}
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare words, not how they were typed."""
        return self.to_python(initial) != self.to_python(data)


def _lines(value: Any) -> Iterable[str]:
    lines = value if isinstance(value, list | tuple) else (value or "").splitlines()
    return (line.strip() for line in lines if line.strip())
