"""The ASGI application, for servers that want one."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()

from members.finder.store import preload  # noqa: E402  # models are loaded now

preload()  # nobody's question waits until the finder has read its phrases
