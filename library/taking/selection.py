"""The tools that somebody puts aside to take them together; kept in the session."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from home.keys import is_key
from library.models import Tool
from library.models.tool import ToolQuerySet

KEY = "selection"
MAX_TOOLS = 100
MAX_SIZE = 500 * 1024 * 1024  # bytes of all files together


class Selection:
    """What one person selected; only the numbers of tools are kept, what they may see is asked each time."""

    def __init__(self, request: HttpRequest) -> None:
        self.session, self.user = request.session, request.user

    @property
    def numbers(self) -> list[int]:
        """The primary keys, in the order in which they were selected."""
        kept: list[int] = self.session.get(KEY, [])
        return kept

    def tools(self) -> ToolQuerySet:
        """Those that the person may see at this moment."""
        found: ToolQuerySet = Tool.objects.visible_to(self.user).filter(pk__in=self.numbers)
        return found

    def add(self, wanted: list[Any]) -> None:
        """Select tools; raises ValidationError when they would be too many."""
        known = Tool.objects.visible_to(self.user).filter(pk__in=[one for one in wanted if is_key(str(one))])
        numbers = list(dict.fromkeys([*self.numbers, *known.order_by("pk").values_list("pk", flat=True)]))
        if len(numbers) > MAX_TOOLS:
            message = _("A selection holds at most %(most)s tools. Take these first, then go on.")
            raise ValidationError(message, code="many", params={"most": MAX_TOOLS})
        self.session[KEY] = numbers

    def remove(self, unwanted: list[Any]) -> None:
        """Take tools out of the selection."""
        gone = {int(one) for one in unwanted if is_key(str(one))}
        self.session[KEY] = [number for number in self.numbers if number not in gone]

    def clear(self) -> None:
        """Select nothing."""
        self.session.pop(KEY, None)


def check_size(size: int) -> None:
    """Raise ValidationError when files are too much for one ZIP."""
    if size > MAX_SIZE:
        message = _("These files are %(size)s together; at most %(most)s fit. Take some tools out.")
        params = {"size": filesizeformat(size), "most": filesizeformat(MAX_SIZE)}
        raise ValidationError(message, code="size", params=params)
