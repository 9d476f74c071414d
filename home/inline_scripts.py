"""Starts what moves in the CMS without inline scripts, so that its Content-Security-Policy needs to allow none.

Wagtail writes ``<script>new PageChooser("id", {…});</script>`` behind each chooser of an ordinary form. Here the same
words stand in attributes, and ``static/js/admin.js`` reads them. Wagtail offers no place to say so: its method is
replaced. What Wagtail and wagtail-localize write in templates (dates, rows, translations), templates of ours write.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def connect() -> None:
    """Let every chooser of Wagtail and of ours be written this way."""
    BaseChooser.render = _render


def _render(self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
    data, identifier = self.get_value_data(value), (attrs or {})["id"]
    return format_html(
        '{}<template data-start="{}" data-arguments="{}"></template>',
        mark_safe(self.render_html(name, data, attrs)),
        "createTaskChooser" if isinstance(self, AdminTaskChooser) else self.js_constructor,
        json.dumps([identifier, self.get_js_init_options(identifier, name, data)]),
    )
