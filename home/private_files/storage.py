"""Where private files lie, and how a part of one is read there."""

from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit

from django.core.files.storage import storages

PIECE = 2**16  # bytes
# s3://bucket/folder?endpoint_url=...&region_name=...
S3_ADDRESS = r"s3://[^/?#]+(/[^?#]*)?(\?((endpoint_url|region_name|addressing_style)=[^&#]+(&|$))+)?$"


def private_storage() -> Any:
    """Where files lie that only our own views may give."""
    return storages["private"]


def delete_files(names: list[str]) -> int:
    """Delete private files, also those that somebody else deleted meanwhile; gives how many names there were."""
    for name in names:
        private_storage().delete(name)
    return len(names)


def s3_options(address: str) -> dict[str, Any]:
    """The options of ``home.private_files.s3.PrivateS3Storage`` for an address that fits ``S3_ADDRESS``.

    Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as for every program that speaks to S3.
    """
    parts = urlsplit(address)
    own = {"default_acl": None, "querystring_auth": False, "file_overwrite": False, "max_memory_size": 2**20}
    return {"bucket_name": parts.netloc, "location": parts.path.strip("/"), **own, **dict(parse_qsl(parts.query))}


def pieces(storage: Any, name: str, start: int, length: int) -> Iterator[bytes]:
    """The bytes of a stored file from ``start`` on, ``length`` of them."""
    if not length:
        return iter(())
    if hasattr(storage, "pieces"):  # it can fetch a part, see home.private_files.s3
        return storage.pieces(name, start, length)
    return _pieces_of(storage.open(name), start, length)


def _pieces_of(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
