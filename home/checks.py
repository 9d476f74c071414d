"""What Django's deployment checks ask besides its own questions; site/deploy/upgrade stops at a warning."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def counts_together(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the two processes of a server would each count for themselves who tries passwords."""
    if settings.RATE_LIMIT_STORAGE != "memory://":
        return []
    return [
        Warning(
            "REDIS_URL is empty: each process counts for itself who tries what how often.",
            hint="Two processes serve the site (site/deploy/upgrade): they count together in Redis.",
            id="home.W001",
        )
    ]
