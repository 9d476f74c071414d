"""What goes wrong is told on stderr, without what people search for and who they are; in production also by mail."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_queries": {"()": "config.log_filters.WithoutQueries"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["without_queries"], "formatter": "line"},
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nothing"], "propagate": False},
    },
}
# For the journal: one line of JSON each (config/log_lines.py), and a mail for errors (config/error_mail.py).
PRODUCTION_LOGGING = LOGGING | {
    "formatters": {"json": {"()": "config.log_lines.JsonLine"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "mail": {"class": "config.error_mail.ErrorMailHandler", "level": "ERROR"},
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console", "mail"], "level": "WARNING"},
}
