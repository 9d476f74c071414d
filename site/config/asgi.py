"""The ASGI application, for servers that want one."""

import os
from threading import Thread

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()

from members.finder.store import preload  # noqa: E402  # models are loaded now

# Nobody's question waits until the finder has read its phrases; in a thread, for the server's event loop already runs
# here, and Django's database does not answer inside one.
reading = Thread(target=preload)
reading.start()
reading.join()
