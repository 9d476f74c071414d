"""Entries of the directory for the telephone book of a phone: vCard 3.0, which every phone and Outlook read.

Folding and escaping are those of RFC 6350, sections 3.2 and 3.4, by icalendar.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from icalendar import Parameters, vText
from icalendar.cal.component import Component
from icalendar.prop import vN, vOrg, vUri

from home.telephone import dialable
from members.models import User

CONTENT_TYPE = "text/vcard; charset=utf-8"


class VCard(Component):
    """A card as icalendar writes it: its lines are those of calendars."""

    name = "VCARD"


def vcards(people: Iterable[User]) -> bytes:
    """The cards of these people, one after the other."""
    return b"".join(_card(person).to_ical(sorted=False) for person in people)


def _card(person: User) -> VCard:
    """Only what their page says: no number but the one they gave."""
    card = VCard()
    card.add("version", vText("3.0"))
    card.add("fn", vText(str(person)))
    card.add("n", vN((person.last_name or str(person), person.first_name, "", "", "")))
    if association := person.known_association:
        card.add("org", vOrg((str(association),)))
    if person.job_function:
        card.add("title", vText(str(person.job_function)))
    if person.phone:
        card.add("tel", _of_work(dialable(person.phone), ("WORK", "VOICE")))
    card.add("email", _of_work(person.email, ("WORK", "INTERNET")))
    if note := _note(person):
        card.add("note", vText(note))
    card.add("url", vUri(_address(person)))
    card.add("uid", vText(f"counterpart-{person.pk}@{settings.WAGTAILADMIN_BASE_URL.rpartition('/')[2]}"))
    card.add("rev", vText(f"{person.details_confirmed_on:%Y-%m-%d}"))
    return card


def _of_work(value: str, kinds: Sequence[str]) -> vText:
    text = vText(value)
    text.params = Parameters({"TYPE": list(kinds)})
    return text


def _note(person: User) -> str:
    """What has no field of its own: hours, languages, what to ask about."""
    return "\n".join(filter(None, [person.best_hours, ", ".join(person.language_names), person.ask_me_about]))


def _address(person: User) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("members:counterpart", args=[person.pk])
