"""Asking an association for a tool, and answering."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library.enums import Answer
from library.letters import ANSWER, REQUEST
from library.models import Theme, Tool, ToolRequest, ToolType
from members.letters import delegates_of, editors, send_in_both_languages
from members.models import Association
from members.permissions import can_answer, can_close


class RequestClosed(Exception):
    """Somebody answered or closed the request meanwhile."""


def ask(
    *, type: ToolType, theme: Theme | None = None, association: Association, message: str = "", by: Any
) -> ToolRequest:
    """Ask an association for its tool of a type, in one letter; raises ValidationError when it is asked already."""
    if by.association_id == association.pk:
        raise ValidationError(_("This is your own association. Add the tool yourself."), code="own")
    try:
        with transaction.atomic():
            request = ToolRequest.objects.create(
                type=type,
                theme=theme,
                association=association,
                asked_by=by,
                asked_for=by.known_association,
                message=message,
            )
            recipients = delegates_of(association)
            context = {"request": request, "has_delegate": bool(recipients)}
            send_in_both_languages(REQUEST, recipients or editors(), context)
    except IntegrityError as error:  # one open request for each type, theme and association
        message = _("%(name)s is asked already and has not answered yet.")
        raise ValidationError(message, code="asked", params={"name": str(association)}) from error
    return request


def answer_with(*, request: ToolRequest, tool: Tool, by: Any) -> None:
    """Answer with a tool of the association that is asked; who asked gets a letter. Raises RequestClosed."""
    if not can_answer(by, request) or tool.association_id != request.association_id:
        raise PermissionDenied
    _answer(request, by, answer=Answer.GIVEN, tool=tool)


def answer_none(*, request: ToolRequest, note: str = "", by: Any) -> None:
    """Answer that the association has no such tool; who asked gets a letter. Raises RequestClosed."""
    if not can_answer(by, request):
        raise PermissionDenied
    _answer(request, by, answer=Answer.NONE, answer_note=note)


def close(*, request: ToolRequest, by: Any) -> None:
    """Take a request away that nobody needs any more; raises RequestClosed."""
    if not can_close(by, request):
        raise PermissionDenied
    _finish(request, by, answer=Answer.CLOSED)


def _answer(request: ToolRequest, by: Any, **answer: Any) -> None:
    with transaction.atomic():
        finished = _finish(request, by, **answer)
        asker = finished.asked_by
        if asker is None or not asker.is_active:
            return
        shown = finished.tool if finished.tool and finished.tool.is_visible_to(asker) else None
        send_in_both_languages(ANSWER, [asker.email], {"request": finished, "tool": shown})


@transaction.atomic
def _finish(request: ToolRequest, by: Any, **answer: Any) -> ToolRequest:
    locked = ToolRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.answer != Answer.OPEN:
        raise RequestClosed
    for name, value in answer.items():
        setattr(locked, name, value)
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=[*answer, "answered_by", "answered_at"])
    return locked
