"""What the page of drafts shows: for each file its form, its state, what it repeats, and who will see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from library.audience import Audience
from library.enums import ScanState, TextState
from library.giving.draft_forms import DraftForm, VersionForm
from library.giving.guessing import Guesser, texts_of
from library.giving.likeness import Alike, alike
from library.giving.offer import Offer
from library.models import Draft

SHOWN = 50  # drafts on one page; the next ones follow when these are shared


@dataclass(frozen=True)
class DraftCard:
    """One draft as the page shows it."""

    draft: Draft
    form: Any
    alike: Sequence[Alike]

    @property
    def state(self) -> str:
        """What is known of the file: infected, waiting, read, or why it has no text."""
        file = self.draft.stored_file
        if file.scan == ScanState.INFECTED:
            return "infected"
        is_waiting = file.scan == ScanState.WAITING or file.text_state == TextState.WAITING
        return "waiting" if is_waiting else str(file.text_state)

    @property
    def audience(self) -> Audience:
        """Who will see the tool."""
        if self.draft.tool:
            return Audience.of(self.draft.tool, self.form.offer.user)
        return self.form.audience

    @property
    def same(self) -> list[Alike]:
        """Tools that have this very file."""
        return [one for one in self.alike if one.is_same]

    @property
    def near(self) -> list[Alike]:
        """Tools with nearly the same text."""
        return [one for one in self.alike if not one.is_same]


def drafts_of(user: Any) -> Sequence[Draft]:
    """What the person handed in and has not shared yet, oldest first."""
    mine = Draft.objects.visible_to(user).select_related(
        "stored_file", "tool__association", "request__type", "request__theme"
    )
    return list(mine.prefetch_related("tool__groups")[:SHOWN])


def cards_of(drafts: Sequence[Draft], user: Any, data: QueryDict | None = None) -> list[DraftCard]:
    """A card for each draft; with ``data``, the forms are those that were sent."""
    if not drafts:
        return []
    offer = Offer(user)
    guesser = Guesser(offer.records["type"], offer.records["themes"])
    texts, repeats = texts_of(draft.stored_file for draft in drafts), alike(drafts, user)
    cards = []
    for draft in drafts:
        if draft.tool_id:
            form: Any = VersionForm(data, draft=draft, offer=offer)
        else:
            guess = guesser.guess(draft.file_name, texts.get(draft.stored_file_id, ""), draft.stored_file.language)
            form = DraftForm(data, draft=draft, offer=offer, guess=guess)
            if len(drafts) > 1:
                form.make_compact()
        cards.append(DraftCard(draft, form, repeats[draft.pk]))
    return cards
