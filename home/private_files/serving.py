"""How a private file is sent: its headers, and the part of it that was asked for."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, parse_etags

from home.private_files.storage import pieces

RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})")  # no file has more bytes


@dataclass(frozen=True)
class Sent:
    """What is sent: where it lies in the storage, how long it is, what it is, and the mark of its content."""

    storage: Any
    name: str
    size: int
    content_type: str
    mark: str
    file_name: str = ""  # to save it under; a picture has none, and is shown


def is_a_beginning(request: HttpRequest) -> bool:
    """Tell whether somebody takes a file, and not the next part of one or only its headers."""
    return request.method == "GET" and request.headers.get("Range", "bytes=0-").startswith("bytes=0-")


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The whole file, or the part that was asked for, to somebody who may have it; raises FileNotFoundError."""
    if not sent.storage.exists(sent.name):
        raise FileNotFoundError(sent.name)
    if settings.LIBRARY_ACCEL_REDIRECT:
        response: HttpResponseBase = _handed_to_web_server(sent)
    elif _is_known(request, sent):
        response = HttpResponseNotModified()
    else:
        response = _streamed(request, sent)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if response.status_code in (200, 206):
        response["Content-Type"] = sent.content_type
        response["Content-Disposition"] = _disposition(sent)
    patch_vary_headers(response, ["Cookie"])
    return response


def _disposition(sent: Sent) -> str:
    return content_disposition_header(True, sent.file_name) or "attachment" if sent.file_name else "inline"


def _handed_to_web_server(sent: Sent) -> HttpResponse:
    """Nginx sends the file from its internal location, whole or in part, while Django answers the next request."""
    return HttpResponse(headers={"X-Accel-Redirect": settings.LIBRARY_ACCEL_REDIRECT + quote(sent.name)})


def _is_known(request: HttpRequest, sent: Sent) -> bool:
    known = [etag.removeprefix("W/") for etag in parse_etags(request.headers.get("If-None-Match", ""))]
    return f'"{sent.mark}"' in known or "*" in known


def _streamed(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    wanted = _range(request, sent)
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{sent.mark}"'}
    if wanted is not None and not wanted:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{sent.size}"})
    part = range(sent.size) if wanted is None else wanted
    if wanted is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{sent.size}"
    headers["Content-Length"] = str(len(part))
    headers["Content-Encoding"] = "identity"  # GZipMiddleware would compress it, and take its length away
    content = pieces(sent.storage, sent.name, part.start, len(part)) if request.method == "GET" else ()
    return StreamingHttpResponse(content, status=200 if wanted is None else 206, headers=headers)


def _range(request: HttpRequest, sent: Sent) -> range | None:
    """The bytes that are asked for; all of them is None, an empty range cannot be given.

    RFC 9110, section 14: what is not understood, several ranges, and those of another content mean all of it.
    """
    found = RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if not found or not any(found.groups()) or request.headers.get("If-Range", f'"{sent.mark}"') != f'"{sent.mark}"':
        return None
    first, last = found["first"], found["last"]
    if not first:
        return range(max(0, sent.size - int(last)), sent.size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, sent.size) if last else sent.size)
