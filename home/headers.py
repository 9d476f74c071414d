"""What every answer tells browsers besides its content: what its page may load and do, and who may use it."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"
# What the CMS needs besides what our pages may do: measured in Chromium, kept by tests/browser/test_policy.py.
ADMIN_DIRECTIVES: dict[str, Any] = {
    "style-src": [SELF, UNSAFE_INLINE],  # Draftail and Wagtail's panels write the styles of single elements
    "img-src": [SELF, "data:", "blob:"],  # a picture before it is uploaded
    "frame-src": [SELF],  # previews
    "frame-ancestors": [SELF],
}
# The powers of a browser that no page of ours asks for; passkeys, full screen and copying stay as they are.
UNUSED_POWERS = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{power}=()" for power in UNUSED_POWERS),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Tells browsers, with every answer, static files and errors too, which powers are off and who may embed it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers where a view has not decided for itself."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy: the settings' for our pages, and in the CMS the tightest that Wagtail bears."""

    def get_policy_parts(self, request: HttpRequest, response: Any, report_only: bool = False) -> PolicyParts:
        """Take the looser rules below the address of the CMS only."""
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.replace = ADMIN_DIRECTIVES | (parts.replace or {})
        return parts
