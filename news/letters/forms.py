"""The form of “My letters”."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from home.languages import OWN_NAMES


class LettersForm(forms.Form):
    """In which language, and which ones."""

    language = forms.ChoiceField(
        label=_("Language of your letters"),
        choices=[(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES],
        widget=forms.RadioSelect,
    )
    gets_digest = forms.BooleanField(
        label=_("The week of the working groups"),
        required=False,
        help_text=_("Once a week, on Monday: the articles and meetings that you have not seen. No news, no letter."),
    )
    gets_comments = forms.BooleanField(
        label=_("Comments"),
        required=False,
        help_text=_("When somebody answers you, names you, or writes in a conversation in which you take part."),
    )
