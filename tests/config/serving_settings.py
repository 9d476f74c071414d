"""Production, as the tests serve it: without HTTPS and without collected files."""

from config.settings.production import *  # noqa: F403

SECURE_SSL_REDIRECT = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
