"""The only door to the pictures of working groups."""

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from home.access import member_required
from home.private_files.serving import Sent, send
from home.private_files.storage import private_storage
from news.models import GroupPicture

logger = logging.getLogger(__name__)


@member_required
def picture(request: HttpRequest, key: UUID, width: int) -> HttpResponseBase:
    """Give a picture in one of its widths to who may see its group."""
    found = get_object_or_404(GroupPicture.objects.visible_to(request.user), key=key)
    if width not in found.widths:
        raise Http404
    storage, path = private_storage(), found.path(width)
    try:
        return send(request, Sent(storage, path, storage.size(path), "image/webp", f"{key}-{width}"))
    except FileNotFoundError as error:
        logger.exception("The file of picture %s is missing: %s", found.pk, path)
        raise Http404 from error
