"""What somebody types and chooses in the finder."""

from typing import Any, cast

from django import forms
from django.db.models import CharField, Func, Value
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from members.answers import Wish
from members.enums import SpokenLanguage
from members.filters import UNKNOWN_CHOICE
from members.finder.search import LONGEST_QUERY
from members.models.need import Helpline
from members.models.service import Service
from members.models.vocabulary import Commune


class WordsForm(forms.Form):
    """A person's own words; without choices it costs no query, so that it can stand on any page."""

    words = forms.CharField(
        label=_("What is happening? Write it in your own words, in any language."),
        max_length=LONGEST_QUERY,
        error_messages={
            "required": _("Write in a few words what is happening. One word is enough."),
            "max_length": _(
                "This is too long for us to read: keep the most important sentence, at most 500 characters."
            ),
        },
        # The direction follows the first letter, so that Arabic is read as it is written. Some browsers have a word
        # checked by their maker's servers.
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "dir": "auto",
                "autocomplete": "off",
                "spellcheck": "false",
                "enterkeyhint": "search",
                "lang": "",
            }
        ),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="finder_%s", use_required_attribute=False)


class FinderForm(WordsForm):
    """A person's own words; the rest only narrows the answer."""

    commune = forms.ChoiceField(label=_("Commune"), required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE})
    spoken = forms.ChoiceField(
        label=_("Language you want to speak"), required=False, error_messages={"invalid_choice": UNKNOWN_CHOICE}
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.communes, spoken = _choices()
        communes = sorted(((slug, label) for slug, (_key, label) in self.communes.items()), key=lambda one: one[1])
        self._offer("commune", _("All of Brussels"), communes)
        self._offer("spoken", _("Any language"), [one for one in SpokenLanguage.choices if one[0] in spoken])

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        if choices:
            cast(forms.ChoiceField, self.fields[name]).choices = [("", everything), *choices]
        else:
            del self.fields[name]

    def wish(self, named: frozenset[int]) -> Wish:
        """Where and in which language; a commune that was chosen counts more than one that was ``named``."""
        chosen = self.cleaned_data.get("commune")
        communes = frozenset([self.communes[chosen][0]]) if chosen else named
        return Wish(communes, self.cleaned_data.get("spoken", ""))

    def names_of(self, communes: Any) -> list[str]:
        """The names of communes in the active language."""
        return sorted(label for key, label in self.communes.values() if key in communes)


def _choices() -> tuple[dict[str, tuple[int, str]], set[str]]:
    """Key and name of each commune by its slug, and the languages known to be spoken, read in one query.

    A language counts when a published service or a verified help line speaks it.
    """
    communes = Commune.objects.values_list("pk", "slug", to_attribute("name")).order_by()
    spoken = (
        known.annotate(language=Func("spoken_languages", function="unnest", output_field=CharField()))
        .values_list(Value(0), "language", Value(""))
        .order_by()
        for known in (Service.objects.visible_to(None), Helpline.objects.published())
    )
    rows = list(communes.union(*spoken))
    return {slug: (key, name) for key, slug, name in rows if key}, {code for key, code, _name in rows if not key}
