"""The form of a comment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from home.languages import LANGUAGES, OWN_NAMES, current_language
from news.comments.actions import Words
from news.comments.mentions import Colleague, Colleagues
from news.comments.words import cleaned
from news.models import Comment, GroupNewsPage
from news.models.comment import LONGEST

MOST_NAMED = 10


class TypedField(forms.CharField):
    """A text of several lines, without what no keyboard writes; the browser cuts nothing off what is pasted."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Clean the text before it is measured."""
        return cleaned(super().to_python(value) or "")


class CommentForm(forms.Form):
    """What one says, and in which language; names are looked up among those who may be named."""

    text = TypedField(
        label=_("Your comment"),
        help_text=_("To name a colleague, write @ and the whole name, as in the directory."),
        validators=[MaxLengthValidator(LONGEST, _("This is too long: write at most %(limit_value)d characters."))],
        error_messages={"required": _("Write something first.")},
    )
    language = forms.ChoiceField(
        label=_("Language of your comment"), choices=[(code, OWN_NAMES[code]) for code in LANGUAGES]
    )

    def __init__(
        self,
        data: Any = None,
        *,
        article: GroupNewsPage,
        corrects: Comment | None = None,
        auto_id: str = "comment_%s",
        **options: Any,
    ) -> None:
        options.setdefault("initial", {"language": current_language()})
        super().__init__(data, auto_id=auto_id, use_required_attribute=False, **options)
        self.article, self.corrects = article, corrects
        self.named: list[Colleague] = []
        self.unknown: Sequence[str] = ()
        self.fields["text"].widget.attrs |= {
            "rows": 4,
            "data-colleagues": reverse("news:colleagues", args=[article.pk]),
        }

    @classmethod
    def correcting(cls, comment: Comment, article: GroupNewsPage) -> "CommentForm":
        """The form with a comment as its author typed it."""
        typed = Colleagues.of(article.group, comment).typed(comment.text)
        return cls(article=article, corrects=comment, initial={"text": typed, "language": comment.language})

    def clean_text(self) -> str:
        """Find out whom the text names; a name that means several people must say which one."""
        typed: str = self.cleaned_data["text"]
        if "@" not in typed:
            return typed
        reading = Colleagues.of(self.article.group, self.corrects).read(typed)
        if reading.unclear:
            said = _("Several colleagues have this name. Say which one you mean by writing one of these: %(names)s")
            raise ValidationError(said, code="unclear", params={"names": "; ".join(reading.unclear)})
        if len(reading.people) > MOST_NAMED:
            raise ValidationError(
                ngettext(
                    "Name at most %(number)d colleague: each gets a letter.",
                    "Name at most %(number)d colleagues: each gets a letter.",
                    MOST_NAMED,
                ),
                code="too_many",
                params={"number": MOST_NAMED},
            )
        self.named, self.unknown = list(reading.people), reading.unknown
        return reading.text

    def said(self, done: str) -> str:
        """What its author is told once it is done, and that a name in it was nobody's."""
        if not self.unknown:
            return done
        unknown = _("Nobody got a letter for %(names)s: no colleague whom you can name here is called that.")
        return f"{done} {unknown % {'names': ', '.join(self.unknown)}}"

    @property
    def words(self) -> Words:
        """What the comment says, once the form is valid."""
        return Words(self.cleaned_data["text"], self.cleaned_data["language"], frozenset(one.pk for one in self.named))
