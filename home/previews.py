"""Previews of records, in either language."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from wagtail.models import PreviewableMixin

from home.languages import LANGUAGES, OWN_NAMES, current_language


class BilingualPreviewMixin(PreviewableMixin):
    """A record that an editor sees as visitors will, in French or in Dutch, before publishing it."""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One per language."""
        return [(code, OWN_NAMES[code]) for code in LANGUAGES]

    @property
    def default_preview_mode(self) -> str:
        """The language of the editor."""
        return current_language()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page in the chosen language."""
        with override(mode_name or current_language()):
            response = super().serve_preview(request, mode_name)
            return response.render()
