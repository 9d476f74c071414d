"""What the library sends: files to save under their own names, and pictures of their pages."""

from django.http import HttpRequest, HttpResponseBase

from home.private_files.serving import Sent, send
from library.files import content_type
from library.models import StoredFile

PICTURE = "image/webp"


def send_file(request: HttpRequest, stored: StoredFile, file_name: str) -> HttpResponseBase:
    """A whole file or the part that was asked for, to be saved under its name; raises FileNotFoundError."""
    name = str(stored.file.name)
    kind = content_type(stored.suffix)
    return send(request, Sent(stored.file.storage, name, stored.size, kind, stored.checksum, file_name))


def send_picture(request: HttpRequest, stored: StoredFile, page: int) -> HttpResponseBase:
    """The picture of a page; raises FileNotFoundError."""
    storage, name = stored.file.storage, stored.preview_path(page)
    mark = f"{stored.checksum}-{page}"
    return send(request, Sent(storage, name, storage.size(name), PICTURE, mark))
