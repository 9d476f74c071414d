"""The steps above a page that is not in the page tree."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Step:
    """One link of a trail; pages have the same two attributes."""

    title: Any
    url: Any  # text, or what becomes text in the language of the page


def member_trail(*steps: Step) -> list[Step]:
    """The trail of a page of the member area: its dashboard first."""
    return [Step(_("Member area"), reverse("members:dashboard")), *steps]
