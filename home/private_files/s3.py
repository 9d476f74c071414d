"""Private files in an S3 bucket instead of a folder."""

from collections.abc import Iterator

from storages.backends.s3 import S3Storage

from home.private_files.storage import PIECE


class PrivateS3Storage(S3Storage):
    """A bucket that only the site reads, which it does piece by piece."""

    def pieces(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """The bytes of a file from ``start`` on, without fetching the ones before them."""
        where = self.bucket.Object(self._normalize_name(name))
        yield from where.get(Range=f"bytes={start}-{start + length - 1}")["Body"].iter_chunks(PIECE)
