"""The WSGI application that Granian serves."""

import gc
import os
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application: Any = get_wsgi_application()

from django.conf import settings  # noqa: E402  # models are loaded now
from django.urls import resolve  # noqa: E402

from home.database.patience import patience  # noqa: E402
from home.page_cache.application import PageCache  # noqa: E402
from home.watching.serving import start  # noqa: E402
from members.finder.store import preload  # noqa: E402

patience.is_limited = True
start(settings.METRICS_PORT)
if settings.PAGE_CACHE_BYTES:
    application = PageCache(application)
# Else the first requests import every view, several threads at once: it takes seconds, and one may see half a module.
resolve("/")
preload()  # nobody's question waits until the finder has read its phrases
gc.freeze()  # what is loaded by now stays: the collector need not walk through it while somebody waits
