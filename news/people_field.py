"""People of a working group in the CMS: boxes for those who are there, lines for those who come.

Boxes for everybody of the alliance would be thousands.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.keys import is_key
from members.models import User
from news.joining.colleagues import colleagues_meant

LONGEST = 600  # characters: two names and an association
SHOWN = 5  # people of one name that a message tells apart


class PeopleWidget(forms.CheckboxSelectMultiple):
    """A box for each one who is known or chosen, and lines for names and addresses of others."""

    template_name = "news/admin/people_widget.html"
    known: Iterable[Any] = ()  # the keys of who has a box, ticked or not

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The keys of the boxes, then what stands in the lines."""
        lines = data.get(f"{name}-more", "").splitlines()
        return [*data.getlist(name), *(line.strip() for line in lines if line.strip())]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the lines, as they were typed."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        typed = [one for one in self.format_value(value) if not is_key(one)]
        known = ",".join(map(str, self.known))
        return {**context, "lines": "\n".join(typed), "rows": max(3, len(typed)), "known": known}

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """The boxes, in the order of a telephone book, each with the association that tells namesakes apart."""
        ticked = {one for one in value if is_key(one)}
        people = User.objects.filter(pk__in={*map(str, self.known), *ticked}).select_related("association").by_name()
        return [
            (None, [self.create_option(name, one.pk, _label(one), str(one.pk) in ticked, place, attrs=attrs)], place)
            for place, one in enumerate(people)
        ]


def known_of(data: Any, name: str) -> set[int]:
    """The keys of those who had a box when the form was opened."""
    return {int(key) for key in data.get(f"{name}-known", "").split(",") if is_key(key)}


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people; a suspended account stays where it is, a line must mean exactly one whose account works."""

    widget = PeopleWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.filter(erased_at__isnull=True), required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read the lines; raises ValidationError with all that is wrong with them at once."""
        boxes, lines = [one for one in value if is_key(one)], [one for one in value if not is_key(one)]
        meant = {line: list(colleagues_meant(line)[: SHOWN + 1]) for line in lines}
        wrong = [_why_not(line, people) for line, people in meant.items() if len(people) != 1]
        if wrong:
            raise ValidationError(wrong)
        return super().clean([*boxes, *(people[0].pk for people in meant.values())])


class PersonField(forms.CharField):
    """One of the ``offered`` people, typed by a name of the directory or an e-mail address; ``kept`` stays, whatever
    became of the account.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(required=False, widget=widget, max_length=LONGEST, **kwargs)
        self.offered: QuerySet[User] = User.objects.none()
        self.kept: User | None = None

    def prepare_value(self, value: Any) -> Any:
        """Show who it is; what somebody typed is shown as it is."""
        return _label(self.kept) if self.kept and value == self.kept.pk else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is shown."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> User | None:
        """Find the person; raises ValidationError where nobody is meant, or several people."""
        line = super().clean(value)
        if not line:
            return None
        if self.kept and line == _label(self.kept):
            return self.kept
        people = list(colleagues_meant(line).filter(pk__in=self.offered.values("pk"))[: SHOWN + 1])
        if len(people) != 1:
            raise ValidationError(_why_not(line, people))
        return people[0]


def _label(person: User) -> str:
    return f"{person}, {person.association}" if person.association else str(person)


def _why_not(line: str, people: list[User]) -> str:
    """What to say of a line that means nobody, or several people."""
    if not people:
        return _("Nobody is found for “%(line)s”. Write the whole e-mail address of an account.") % {"line": line}
    names = "; ".join(f"{_label(one)}, {one.email}" for one in people[:SHOWN])
    return _("“%(line)s” may mean several people. Write an e-mail address: %(names)s") % {"line": line, "names": names}
