"""Who will get an article of a working group, told before it is published."""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import User
from news.models.working_group import WorkingGroup


@dataclass(frozen=True)
class Readership:
    """How many people can read a group's articles, and how many of them hear of a new one in the weekly letter."""

    group: WorkingGroup
    number: int
    told: int

    @classmethod
    def of(cls, group: WorkingGroup) -> Self:
        """Count both in one query; who never chose their letters gets them."""
        wants = Q(letter_choice__isnull=True) | Q(letter_choice__gets_digest=True)
        readers = User.objects.filter(pk__in=group.readers().values("pk"))
        return cls(group, **readers.aggregate(number=Count("pk"), told=Count("pk", filter=wants)))

    @property
    def who(self) -> str:
        """Who can read it, in a sentence."""
        if self.group.is_open:
            said = ngettext(
                "%(number)d person can read it: everybody of the alliance who has an account here.",
                "%(number)d people can read it: everybody of the alliance who has an account here.",
                self.number,
            )
        else:
            said = ngettext(
                "%(number)d person can read it: the people of the closed group “%(group)s”, and the editors.",
                "%(number)d people can read it: the people of the closed group “%(group)s”, and the editors.",
                self.number,
            )
        return said % {"number": self.number, "group": self.group.name}

    @property
    def letters(self) -> str:
        """Who hears of it by letter, in a sentence."""
        if not self.told:
            return _("Nobody gets the weekly letter about the groups.")
        said = ngettext(
            "%(told)d of them gets the weekly letter, which tells of it unless they have read it by then.",
            "%(told)d of them get the weekly letter, which tells of it unless they have read it by then.",
            self.told,
        )
        return said % {"told": self.told}

    def __str__(self) -> str:
        return f"{self.who} {self.letters}"

    def as_context(self) -> dict[str, Any]:
        """What a template shows."""
        return {"who": self.who, "letters": self.letters, "group": self.group}
