"""The box in which somebody writes what is happening."""

from dataclasses import dataclass
from typing import Any

from laces.components import Component

from members.finder.forms import WordsForm


@dataclass(frozen=True)
class FinderBox(Component):
    """The field, what narrows the answer where the form offers it, and the button; without cookie or token."""

    form: WordsForm

    template_name = "components/finder_box.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows."""
        choices = [field for field in self.form.visible_fields() if field.name != "words"]
        return {
            "words": self.form["words"],
            "choices": choices,
            "is_narrowed": any(field.value() or field.errors for field in choices),
        }
