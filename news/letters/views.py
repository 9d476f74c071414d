"""“My letters”: the language of one's letters, and which ones one gets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from home.access import member_required
from home.trail import Step, member_trail
from news.letters.choices import choice_of, choose
from news.letters.forms import LettersForm


@member_required
def my_letters(request: HttpRequest) -> HttpResponse:
    """Show the choice and save it."""
    person: Any = request.user
    form = LettersForm(request.POST or None, initial=_known_of(person))
    if request.method == "POST" and form.is_valid():
        choose(person=person, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("news:my_letters")
    trail = member_trail(Step(_("My profile"), reverse("members:profile")))
    context, status = {"form": form, "trail": trail}, 422 if form.is_bound else 200
    return render(request, "news/letters/my_letters.html", context, status=status)


def _known_of(person: Any) -> dict[str, Any]:
    chosen = choice_of(person)
    return {"language": person.language, "gets_digest": chosen.gets_digest, "gets_comments": chosen.gets_comments}
