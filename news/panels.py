"""What the form of a group's article shows without letting it be edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from news.blocks import name_of
from news.choices import partly_hidden
from news.readership import Readership


class ReadershipPanel(Panel):
    """Who will get the article, and what in it not everybody sees."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"heading": _("Who will get it")} | kwargs))

    class BoundPanel(Panel.BoundPanel):
        """The panel of one article."""

        template_name = "news/admin/readership.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The group's readers; of what is hidden from some, only names that the author may know."""
            folder = getattr(self.form, "parent_page", None) or self.instance.get_parent()
            group = folder.specific.group
            hidden = [name_of(record) for record in partly_hidden(self.instance.body, group)]
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **Readership.of(group).as_context(), "hidden": hidden}
