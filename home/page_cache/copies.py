"""A page as it is sent: one copy for each way of compressing it, each with the mark of its content."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import brotli

Headers = list[tuple[str, str]]
# What a cache in front of the site may do: nginx keeps the page for a second, and never passes this on.
FOR_NGINX = ("X-Accel-Expires", "1")
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, mode=brotli.MODE_TEXT, quality=6),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
    "identity": bytes,
}
# Headers that each copy has of its own, and the number of the one request for which the page was made.
MADE_ANEW = {"content-length", "etag", "vary", "x-request-id"}
REPEATED = {"cache-control", "vary", "etag", "x-accel-expires"}  # what an answer without content says again (RFC 9110)


class Copy:
    """What is sent to somebody who understands this compression."""

    __slots__ = ("body", "etag", "headers", "short_headers")

    def __init__(self, headers: Headers, content: bytes, encoding: str, mark: str) -> None:
        self.body = COMPRESSIONS[encoding](content)
        self.etag = f'"{mark}-{encoding}"'
        self.headers = [
            *headers,
            FOR_NGINX,
            ("Vary", "Accept-Encoding"),
            ("ETag", self.etag),
            ("Content-Length", str(len(self.body))),
        ]
        if encoding != "identity":
            self.headers.append(("Content-Encoding", encoding))
        self.short_headers = [(name, value) for name, value in self.headers if name.lower() in REPEATED]


class Page:
    """A public page in every compression, made once."""

    __slots__ = ("copies", "size")

    def __init__(self, headers: Iterable[tuple[str, str]], content: bytes) -> None:
        kept = [(name, value) for name, value in headers if name.lower() not in MADE_ANEW]
        mark = hashlib.sha256(repr(kept).encode() + content).hexdigest()[:32]
        self.copies = {encoding: Copy(kept, content, encoding, mark) for encoding in COMPRESSIONS}
        self.size = sum(len(copy.body) + len(repr(copy.headers)) for copy in self.copies.values())

    def send(self, environ: dict[str, Any], start_response: Callable[[str, Headers], Any]) -> Sequence[bytes]:
        """Answer a request: with the page, or with the word that nothing has changed since it was last asked for."""
        copy = self.copies[best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and (copy.etag in known or known == "*"):
            start_response("304 Not Modified", copy.short_headers)
            return ()
        start_response("200 OK", copy.headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (copy.body,)


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The smallest of our copies that somebody understands, by their Accept-Encoding header."""
    offers = {}
    for offer in accepted.lower().split(","):
        name, _semicolon, weight = offer.partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), "identity")
