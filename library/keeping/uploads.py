"""How much of a request is read at all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.db import DatabaseError


class BoundedUploadHandler(FileUploadHandler):
    """Stops reading files once one request brings more than the site takes, at once from whoever did not sign in."""

    left = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Start counting."""
        self.left = settings.LIBRARY_MAX_REQUEST_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take no file of a visitor: no public form asks for one, and none may fill the disk."""
        super().new_file(*args, **kwargs)
        if not self._may_bring_files():
            raise StopUpload(connection_reset=True)

    def _may_bring_files(self) -> bool:
        """Nobody can be known while the database is away: the answer then names the file and asks for it again."""
        user = getattr(self.request, "user", None)
        try:
            return user is not None and user.is_authenticated
        except DatabaseError:
            return True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and leave the rest to the handlers that keep files."""
        self.left -= len(raw_data)
        if self.left < 0:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind keep the file."""
