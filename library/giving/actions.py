"""Writes of giving: a file becomes a draft, drafts become tools and versions."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from library.actions import add_version, store_file
from library.asking.actions import RequestClosed, answer_with
from library.files import clean_name
from library.giving.draft_forms import VersionForm
from library.giving.naming import free_slug
from library.models import Draft, Tool, ToolRequest

MOST_DRAFTS = 200  # of one person
TRIES = 5  # for a free address, when several people share tools of the same title at once


@transaction.atomic
def hand_in(
    *, file: File, by: Any, tool: Tool | None = None, request: ToolRequest | None = None, typed: Any = None
) -> tuple[Draft, bool]:
    """Keep a file as a draft; false when this person handed it in already, as a browser does that tries again.

    Raises ValidationError when the library does not take the file, or the person has too many drafts.
    """
    if Draft.objects.filter(owner=by).count() >= MOST_DRAFTS:
        message = _("You have %(number)d files that are not shared yet. Share or remove some of them first.")
        raise ValidationError(message, code="many", params={"number": MOST_DRAFTS})
    stored = store_file(file)
    return Draft.objects.get_or_create(
        owner=by,
        stored_file=stored,
        tool=tool,
        defaults={"file_name": clean_name(file.name or "", stored.suffix), "request": request, "typed": typed or {}},
    )


def move(*, draft: Draft, tool: Tool | None) -> None:
    """Make a draft the next version of a tool, or a tool of its own; what was typed is kept for a change of mind.

    Where the person handed in the same file for that tool already, the two become one.
    """
    Draft.objects.filter(owner=draft.owner, stored_file=draft.stored_file, tool=tool).exclude(pk=draft.pk).delete()
    draft.tool = tool
    draft.save(update_fields=["tool"])


@transaction.atomic
def share(*, forms: Sequence[Any], by: Any) -> list[Tool]:
    """Make tools and versions of drafts whose forms are valid, all of them or none; gives the tools."""
    keys = [form.draft.pk for form in forms]
    waiting = {draft.pk for draft in Draft.objects.select_for_update().filter(pk__in=keys, owner=by)}
    return [_share_one(form, by) for form in forms if form.draft.pk in waiting]  # a second click finds none


def _share_one(form: Any, by: Any) -> Tool:
    draft: Draft = form.draft
    if isinstance(form, VersionForm):
        tool, note = cast(Tool, draft.tool), form.cleaned_data["note"]
    else:
        tool, note = form.save(), ""
        save_under_free_address(tool)
    add_version(tool=tool, stored_file=draft.stored_file, file_name=draft.file_name, note=note, by=by)
    if draft.request:
        _answer(draft.request, tool, by)
    draft.delete()
    return tool


def save_under_free_address(tool: Tool, wanted: str = "") -> None:
    """Save a new tool; its address is made of its title unless one is wanted, and is never another tool's."""
    for last in reversed(range(TRIES)):
        tool.slug = free_slug(wanted or tool.title)
        try:
            with transaction.atomic():
                tool.save()
            return
        except IntegrityError:
            if not last:
                raise


def _answer(request: ToolRequest, tool: Tool, by: Any) -> None:
    """Tell who asked for it, when this person may answer with this tool and nobody answered meanwhile."""
    answerable = ToolRequest.objects.answerable_by(by).open().filter(pk=request.pk, association=tool.association_id)
    if answerable.exists():
        with suppress(RequestClosed):  # the tool is shared all the same
            answer_with(request=request, tool=tool, by=by)
